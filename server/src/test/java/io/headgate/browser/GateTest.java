package io.headgate.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.outbound.Targets;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GateTest {

  private final Gate gate = Gate.open(new Targets(true));

  @Test
  void a_credential_can_be_shown_on_the_connection_that_was_asked_for_it() throws Exception {
    try (gate;
        ServerSocket site = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Passage passage = gate.admit(1_000, Optional.empty());
        Socket browser = connect()) {
      String credential = Passage.credential(passage.user(), passage.password());
      assertThat(ask(browser, site, "").start()).contains(" 407 ");
      String shown = "Proxy-Authorization: " + credential + "\r\n";
      assertThat(ask(browser, site, shown).start()).contains(" 200 ");
    }
  }

  @Test
  void a_second_request_without_a_credential_ends_the_connection() throws Exception {
    try (gate;
        ServerSocket site = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Socket browser = connect()) {
      assertThat(ask(browser, site, "").start()).contains(" 407 ");
      assertThat(ask(browser, site, "Proxy-Authorization: Basic bm86bm8=\r\n").start())
          .contains(" 407 ");
      assertThat(browser.getInputStream().read()).isEqualTo(-1);
    }
  }

  private Socket connect() throws Exception {
    URI address = URI.create(gate.address());
    return new Socket(address.getHost(), address.getPort());
  }

  private static Head ask(Socket browser, ServerSocket site, String header) throws Exception {
    String target = "127.0.0.1:" + site.getLocalPort();
    String request =
        "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n" + header + "\r\n";
    browser.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    return Head.read(browser.getInputStream());
  }
}
