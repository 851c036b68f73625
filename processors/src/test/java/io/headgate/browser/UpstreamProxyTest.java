package io.headgate.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.headgate.outbound.OperatorProxy;
import io.headgate.outbound.TargetCheck;
import io.headgate.outbound.TestTargets;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Visits through the operator's proxy, which our own proxy uses. */
@Tag("browser")
class UpstreamProxyTest extends BrowserCase {

  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  private OperatorProxy proxy = new OperatorProxy("ann:pass");

  /** Names resolve to an allowed address here; the proxy resolves them itself. */
  @Override
  TargetCheck targets() {
    return TestTargets.only(
        LOOPBACK,
        host -> List.of(host.equals("inside.example") ? InternalServer.ADDRESS : LOOPBACK));
  }

  @AfterEach
  void newProxy() {
    proxy.close();
    proxy = new OperatorProxy("ann:pass");
  }

  @AfterAll
  void closeProxy() {
    proxy.close();
  }

  private Visit through(String login) {
    return Visit.lasting(TIME_LIMIT).withProxy(new UpstreamProxy("127.0.0.1", proxy.port(), login));
  }

  private String title(Visit visit, String url) throws Exception {
    return browsers.visit(
        visit,
        page -> {
          page.navigate(url);
          page.waitForFunction("document.title != 'wait'");
          return page.title();
        });
  }

  @Test
  void plain_pages_and_what_they_load_go_through_the_proxy() throws Exception {
    site.page("/script.js", "text/javascript", "document.title = 'done'");
    site.page("/", "text/html", html("wait", "") + "<script src=/script.js></script>");

    assertThat(title(through("ann:pass"), site.url("/"))).isEqualTo("done");
    assertThat(proxy.accepted())
        .contains(
            "GET " + site.url("/") + " HTTP/1.1", "GET " + site.url("/script.js") + " HTTP/1.1");
  }

  @Test
  void tunnels_are_opened_by_the_proxy() throws Exception {
    site.page(
        "/",
        "text/html",
        html(
            "wait",
            "new WebSocket('ws://' + location.host + '/none').onerror ="
                + " () => document.title = 'asked'"));

    assertThat(title(through("ann:pass"), site.url("/"))).isEqualTo("asked");
    assertThat(proxy.accepted()).contains("CONNECT 127.0.0.1:" + site.port() + " HTTP/1.1");
  }

  @Test
  void a_visit_without_a_proxy_connects_directly() throws Exception {
    site.page("/", "text/html", html("direct", ""));

    assertThat(title("/")).isEqualTo("direct");
    assertThat(proxy.accepted()).isEmpty();
  }

  @Test
  void targets_are_checked_before_the_proxy_is_contacted() {
    for (String scheme : List.of("http", "https")) {
      BrowserException exception =
          catchThrowableOfType(
              BrowserException.class,
              () -> title(through("ann:pass"), scheme + "://inside.example:81/"));

      assertThat(exception.code()).isEqualTo("target-refused");
    }
    assertThat(proxy.accepted()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://shop.example/", "https://shop.example/"})
  void a_proxy_that_rejects_the_login_fails_the_visit_with_a_message(String url) {
    BrowserException exception =
        catchThrowableOfType(BrowserException.class, () -> title(through("ann:wrong"), url));

    assertThat(exception.code()).isEqualTo("connect");
    assertThat(exception.message())
        .isEqualTo("the upstream proxy returned HTTP/1.1 407 Proxy Authentication Required");
    assertThat(proxy.accepted()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://shop.example/", "https://shop.example/"})
  void an_unreachable_proxy_fails_the_visit_with_a_message(String url) {
    Visit visit = through("ann:pass");
    proxy.close();
    BrowserException exception =
        catchThrowableOfType(BrowserException.class, () -> title(visit, url));

    assertThat(exception.code()).isEqualTo("connect");
    assertThat(exception.message()).isEqualTo("cannot connect to the upstream proxy");
    assertThat(exception.retryable()).isTrue();
  }
}
