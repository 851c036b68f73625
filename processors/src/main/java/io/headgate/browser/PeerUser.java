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
final class PeerUser {

  private static final Path CONNECTIONS = Path.of("/proc/net/tcp");
  private static final String LOOPBACK = "0100007F";
  private static final Pattern SPACES = Pattern.compile(" +");
  private static final int USER = 7;

  private PeerUser() {}

  /** Returns true when another user than that of this process owns the other end. */
  static boolean isOtherUser(Socket socket) throws IOException {
    if (!Files.isReadable(CONNECTIONS)) {
      return false;
    }
    int peerPort = socket.getPort();
    int localPort = socket.getLocalPort();
    OptionalInt user = SocketDiagnostics.userOf(peerPort, localPort);
    if (user.isEmpty()) {
      user = findInProcTable(peerPort, localPort);
    }
    return user.isPresent() && user.getAsInt() != currentUser();
  }

  /**
   * For kernels without {@link SocketDiagnostics}: lists all connections, which takes milliseconds.
   */
  static OptionalInt findInProcTable(int peerPort, int localPort) throws IOException {
    String ends = " %1$s:%2$04X %1$s:%3$04X ".formatted(LOOPBACK, peerPort, localPort);
    return Files.readString(CONNECTIONS)
        .lines()
        .filter(line -> line.contains(ends))
        .map(line -> SPACES.split(line.strip(), USER + 2)[USER])
        .mapToInt(Integer::parseInt)
        .findFirst();
  }

  private static int currentUser() throws IOException {
    return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
  }
}
