package io.headgate.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.headgate.outbound.Targets;
import java.io.EOFException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GateTest {

  private static final Path SET_USER = Path.of("/usr/bin/setpriv");

  private final Gate gate = Gate.open(new Targets(true));
  private ServerSocket site;

  @BeforeEach
  void openSite() throws Exception {
    site = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws Exception {
    gate.close();
    site.close();
  }

  @Test
  void the_door_of_a_visit_lets_pass_without_a_question() throws Exception {
    try (Passage passage = gate.admit(1_000, Optional.empty());
        Socket browser = connect(passage.address())) {
      assertThat(ask(browser).status()).isEqualTo(200);
    }
  }

  @Test
  void the_door_of_a_visit_lets_nobody_pass_when_it_is_over() {
    Passage passage = gate.admit(1_000, Optional.empty());
    passage.close();
    assertNoAnswer(passage.address());
  }

  @Test
  void what_comes_without_a_visit_is_turned_away() {
    assertNoAnswer(gate.nowhere());
  }

  private void assertNoAnswer(String door) {
    assertThatThrownBy(
            () -> {
              try (Socket browser = connect(door)) {
                ask(browser);
              }
            })
        .isInstanceOfAny(EOFException.class, SocketException.class);
  }

  @Test
  void another_user_of_the_machine_is_turned_away_at_a_visits_door() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can be another user");
    assumeTrue(Files.isExecutable(SET_USER), "needs setpriv");
    try (Passage passage = gate.admit(1_000, Optional.empty())) {
      assertThat(asProcess(List.of(), passage.address())).startsWith("HTTP/1.1 200");
      List<String> nobody =
          List.of(SET_USER.toString(), "--reuid=65534", "--regid=65534", "--clear-groups");
      assertThat(asProcess(nobody, passage.address())).isEmpty();
    }
  }

  /** The first bytes of the response to a separate process. */
  private String asProcess(List<String> prefix, String door) throws Exception {
    String script =
        "exec 3<>/dev/tcp/127.0.0.1/%d; printf '%s' >&3; head -c 12 <&3 2>/dev/null"
            .formatted(URI.create(door).getPort(), request().replace("\r\n", "\\r\\n"));
    List<String> command = new ArrayList<>(prefix);
    command.addAll(List.of("bash", "-c", script));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    return said;
  }

  private static Socket connect(String door) throws Exception {
    URI address = URI.create(door);
    return new Socket(address.getHost(), address.getPort());
  }

  private HttpHeadReader.ResponseHead ask(Socket browser) throws Exception {
    browser.getOutputStream().write(request().getBytes(StandardCharsets.ISO_8859_1));
    return new HttpHeadReader(browser.getInputStream()).response();
  }

  private String request() {
    String target = "127.0.0.1:" + site.getLocalPort();
    return "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n\r\n";
  }
}
