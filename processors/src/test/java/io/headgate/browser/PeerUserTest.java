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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Both ways to find the user of a connection agree; {@link ForwardProxyTest} shows the refusal. */
@Tag("process")
class PeerUserTest {

  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  @BeforeEach
  void onLinuxOnly() {
    assumeTrue(Files.isReadable(Path.of("/proc/net/tcp")), "needs Linux");
  }

  @Test
  void the_kernel_request_and_the_proc_table_name_the_same_user() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, LOOPBACK)) {
      Process client = startClient(listener.getLocalPort());
      try (Socket received = listener.accept()) {
        int peerPort = received.getPort();
        int localPort = received.getLocalPort();
        OptionalInt currentUser =
            OptionalInt.of((int) Files.getAttribute(Path.of("/proc/self"), "unix:uid"));

        assertThat(SocketDiagnostics.userOf(peerPort, localPort)).isEqualTo(currentUser);
        assertThat(PeerUser.findInProcTable(peerPort, localPort)).isEqualTo(currentUser);
      } finally {
        client.destroyForcibly().waitFor();
      }
    }
  }

  /** A separate process, because sockets of the JVM are IPv6 sockets and in another list. */
  private static Process startClient(int port) throws IOException {
    String script = "exec 3<>/dev/tcp/127.0.0.1/" + port + "; cat <&3";
    return new ProcessBuilder("bash", "-c", script).start();
  }

  @Test
  void neither_finds_a_user_without_a_connection() throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 1, LOOPBACK)) {
      assertThat(SocketDiagnostics.userOf(1, listener.getLocalPort())).isEmpty();
      assertThat(PeerUser.findInProcTable(1, listener.getLocalPort())).isEmpty();
    }
  }
}
