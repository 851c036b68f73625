package io.headgate.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Both ways to find the user of a connection agree; {@link GateTest} shows the refusal. */
class NeighbourTest {

  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  @BeforeEach
  void onLinuxOnly() {
    assumeTrue(Files.isReadable(Path.of("/proc/net/tcp")), "needs Linux");
  }

  @Test
  void the_diagnosis_and_the_list_name_the_same_user() throws Exception {
    try (ServerSocket door = new ServerSocket(0, 1, LOOPBACK)) {
      Process comer = comer(door.getLocalPort());
      try (Socket received = door.accept()) {
        int theirs = received.getPort();
        int ours = received.getLocalPort();
        OptionalInt us =
            OptionalInt.of((int) Files.getAttribute(Path.of("/proc/self"), "unix:uid"));

        assertThat(SocketDiagnosis.userOf(theirs, ours)).isEqualTo(us);
        assertThat(Neighbour.listed(theirs, ours)).isEqualTo(us);
      } finally {
        comer.destroyForcibly().waitFor();
      }
    }
  }

  /** A separate process, because sockets of the JVM are IPv6 sockets and in another list. */
  private static Process comer(int port) throws IOException {
    String script = "exec 3<>/dev/tcp/127.0.0.1/" + port + "; cat <&3";
    return new ProcessBuilder("bash", "-c", script).start();
  }

  @Test
  void neither_knows_anybody_where_there_is_no_connection() throws IOException {
    try (ServerSocket door = new ServerSocket(0, 1, LOOPBACK)) {
      assertThat(SocketDiagnosis.userOf(1, door.getLocalPort())).isEmpty();
      assertThat(Neighbour.listed(1, door.getLocalPort())).isEmpty();
    }
  }
}
