package io.headgate.browser;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Finds the operating system user at the other end of a connection on 127.0.0.1. Only Linux offers
 * this information; on other systems every peer is accepted.
 */
final class Neighbour {

  private static final Path CONNECTIONS = Path.of("/proc/net/tcp");
  private static final String LOOPBACK = "0100007F";
  private static final Pattern SPACES = Pattern.compile(" +");
  private static final int USER = 7;

  private Neighbour() {}

  /** Returns true when another user than that of this process owns the other end. */
  static boolean isStranger(Socket socket) throws IOException {
    if (!Files.isReadable(CONNECTIONS)) {
      return false;
    }
    int theirs = socket.getPort();
    int ours = socket.getLocalPort();
    OptionalInt user = SocketDiagnosis.userOf(theirs, ours);
    if (user.isEmpty()) {
      user = listed(theirs, ours);
    }
    return user.isPresent() && user.getAsInt() != ourselves();
  }

  /**
   * For kernels without {@link SocketDiagnosis}: lists all connections, which takes milliseconds.
   */
  static OptionalInt listed(int theirs, int ours) throws IOException {
    String ends = " %1$s:%2$04X %1$s:%3$04X ".formatted(LOOPBACK, theirs, ours);
    return Files.readString(CONNECTIONS)
        .lines()
        .filter(line -> line.contains(ends))
        .map(line -> SPACES.split(line.strip(), USER + 2)[USER])
        .mapToInt(Integer::parseInt)
        .findFirst();
  }

  private static int ourselves() throws IOException {
    return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
  }
}
