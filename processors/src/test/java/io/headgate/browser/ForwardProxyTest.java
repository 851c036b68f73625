package io.headgate.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.headgate.outbound.TargetCheck;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("process")
@Timeout(30)
class ForwardProxyTest {

  private static final Path SET_USER = Path.of("/usr/bin/setpriv");

  private final ForwardProxy forwardProxy = ForwardProxy.open(new TargetCheck(true));
  private ServerSocket site;

  @BeforeEach
  void openSite() throws Exception {
    site = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws Exception {
    forwardProxy.close();
    site.close();
  }

  @Test
  void the_port_of_a_visit_accepts_connections_without_authentication() throws Exception {
    try (VisitProxy visit = forwardProxy.openVisit(1_000, Optional.empty());
        Socket browser = connect(visit.address())) {
      assertThat(send(browser).status()).isEqualTo(200);
    }
  }

  @Test
  void the_port_of_a_visit_is_closed_after_the_visit() {
    VisitProxy visit = forwardProxy.openVisit(1_000, Optional.empty());
    visit.close();
    assertNoAnswer(visit.address());
  }

  @Test
  void connections_without_a_visit_are_refused() {
    assertNoAnswer(forwardProxy.refusingAddress());
  }

  private void assertNoAnswer(String proxyUrl) {
    assertThatThrownBy(
            () -> {
              try (Socket browser = connect(proxyUrl)) {
                send(browser);
              }
            })
        .isInstanceOfAny(EOFException.class, SocketException.class);
  }

  @Test
  void connections_of_another_user_of_the_machine_are_refused() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can be another user");
    assumeTrue(Files.isExecutable(SET_USER), "needs setpriv");
    try (VisitProxy visit = forwardProxy.openVisit(1_000, Optional.empty())) {
      assertThat(sendFromProcess(List.of(), visit.address())).startsWith("HTTP/1.1 200");
      List<String> command =
          List.of(SET_USER.toString(), "--reuid=65534", "--regid=65534", "--clear-groups");
      assertThat(sendFromProcess(command, visit.address())).isEmpty();
    }
  }

  /** The first bytes of the response to a separate process. */
  private String sendFromProcess(List<String> prefix, String proxyUrl) throws Exception {
    String script =
        "exec 3<>/dev/tcp/127.0.0.1/%d; printf '%s' >&3; head -c 12 <&3 2>/dev/null"
            .formatted(URI.create(proxyUrl).getPort(), request().replace("\r\n", "\\r\\n"));
    List<String> command = new ArrayList<>(prefix);
    command.addAll(List.of("bash", "-c", script));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String response = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    return response;
  }

  private static Socket connect(String proxyUrl) throws Exception {
    URI address = URI.create(proxyUrl);
    return new Socket(address.getHost(), address.getPort());
  }

  private HttpHeadReader.ResponseHead send(Socket browser) throws Exception {
    browser.getOutputStream().write(request().getBytes(StandardCharsets.ISO_8859_1));
    return new HttpHeadReader(browser.getInputStream()).response();
  }

  private String request() {
    String target = "127.0.0.1:" + site.getLocalPort();
    return "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n\r\n";
  }
}
