package io.headgate.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.headgate.outbound.TargetCheck;
import io.headgate.outbound.TestTargets;
import java.net.InetAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No page reaches a refused address. 127.0.0.1 stands for the internet, 127.0.0.2 for the internal
 * network.
 */
@Tag("browser")
class InternalNetworkTest extends BrowserCase {

  private static final Visit VISIT = Visit.lasting(TIME_LIMIT);
  private static final double A_MOMENT = 700;
  private static final int CHECKS = 14;

  private static final InetAddress OUTSIDE = InetAddress.ofLiteral("127.0.0.1");

  private Browsers unrestricted;

  /** The number of refused addresses. */
  private final AtomicInteger refusals = new AtomicInteger();

  /** The next addresses of the name that changes; empty in tests that do not use it. */
  private final Queue<InetAddress> answers = new ConcurrentLinkedQueue<>();

  @Override
  TargetCheck targets() {
    return TestTargets.only(
        OUTSIDE,
        host ->
            switch (host) {
              case "inside.example" -> List.of(InternalServer.ADDRESS);
              case "fickle.example" -> List.of(answers.remove());
              default -> List.of(OUTSIDE);
            },
        refusals::incrementAndGet);
  }

  @BeforeAll
  void startUnrestricted() {
    unrestricted = Browsers.start(settings("careless"), new TargetCheck(true));
  }

  @AfterAll
  void stopUnrestricted() {
    if (unrestricted != null) {
      unrestricted.close();
    }
  }

  /** The next test shows that such pages do reach the address where it is allowed. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "<iframe src='http://INSIDE/'></iframe>",
        "<iframe src='/redirect'></iframe>",
        "<img src='http://INSIDE/x.png'>",
        "<img src='/redirect'>",
        "<link rel=stylesheet href='http://INSIDE/x.css'>",
        "<link rel=prefetch href='http://INSIDE/x'>",
        "<link rel=preconnect href='http://INSIDE/'>",
        "<link rel=icon href='http://INSIDE/i.ico'><img src='http://INSIDE/i.ico'>",
        "<meta http-equiv=refresh content='0;url=http://INSIDE/'>",
        "<object data='http://INSIDE/'></object>",
        "<video src='http://INSIDE/v.mp4' autoplay muted></video>",
        "<script>fetch('http://INSIDE/', {mode: 'no-cors'})</script>",
        "<script>fetch('/redirect', {mode: 'no-cors'})</script>",
        "<script>fetch('https://INSIDE/', {mode: 'no-cors'})</script>",
        "<script>let x = new XMLHttpRequest(); x.open('GET', 'http://INSIDE/'); x.send()</script>",
        "<script>new WebSocket('ws://INSIDE/')</script>",
        "<script>new WebSocket('wss://INSIDE/')</script>",
        "<script>new EventSource('http://INSIDE/')</script>",
        "<script>navigator.sendBeacon('http://INSIDE/', 'x')</script>",
        "<script>new Worker('/worker.js')</script>",
        "<script>new SharedWorker('/worker.js')</script>",
        "<script>location.href = 'http://INSIDE/'</script>",
        "<form method=post action='http://INSIDE/'></form><script>document.forms[0].submit()</script>",
        "<script>let p = new RTCPeerConnection({iceServers: [{urls: 'stun:INSIDE'}]});"
            + "p.createDataChannel('x'); p.createOffer().then(o => p.setLocalDescription(o))</script>",
        "<script>new WebTransport('https://INSIDE/')</script>",
        "<script>open('http://INSIDE/')</script>",
        "<a id=a href='http://INSIDE/' download></a><script>a.click()</script>",
        "<a id=a href='#x' ping='http://INSIDE/'></a><script>a.click()</script>",
        "<iframe src='data:text/html,<img src=http://INSIDE/x.png>'></iframe>",
        "<iframe srcdoc='<img src=http://INSIDE/x.png>'></iframe>",
        "<script>let f = document.createElement('iframe'); document.body.append(f);"
            + "f.src = URL.createObjectURL(new Blob(['<img src=http://INSIDE/x.png>'],"
            + " {type: 'text/html'}))</script>",
        "<script>new Worker(URL.createObjectURL(new Blob(["
            + "`fetch('http://INSIDE/', {mode: 'no-cors'})`])))</script>",
        "<script>new Worker('data:text/javascript,fetch(`http://INSIDE/`)')</script>",
        "<script>navigator.serviceWorker.register('/worker.js')</script>",
        "<script>import('http://INSIDE/x.js')</script>",
        "<style>@font-face {font-family: f; src: url(http://INSIDE/f)} p {font: 9px f}</style><p>x"
      })
  void no_page_reaches_an_address_that_is_refused(String trick) throws Exception {
    try (InternalServer inside = new InternalServer()) {
      prepare(inside, trick);

      visit(browsers, inside);
      assertThat(inside.visitedWithin(0)).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<iframe src='/redirect'></iframe>",
        "<img src='http://INSIDE/x.png'>",
        "<script>fetch('https://INSIDE/', {mode: 'no-cors'})</script>",
        "<script>new WebSocket('ws://INSIDE/')</script>",
        "<script>new Worker('/worker.js')</script>",
        "<script>new SharedWorker('/worker.js')</script>",
        "<iframe src='data:text/html,<img src=http://INSIDE/x.png>'></iframe>"
      })
  void the_same_pages_reach_the_address_where_it_is_allowed(String trick) throws Exception {
    try (InternalServer inside = new InternalServer()) {
      prepare(inside, trick);

      visit(unrestricted, inside);
      assertThat(inside.visitedWithin(3_000)).isTrue();
    }
  }

  @Test
  void a_redirect_to_an_internal_address_fails_the_visit_with_a_message() throws Exception {
    try (InternalServer inside = new InternalServer()) {
      prepare(inside, "");
      BrowserException exception = failure(site.url("/redirect"));

      assertThat(exception.code()).isEqualTo("target-refused");
      assertThat(exception.retryable()).isFalse();
      assertThat(exception.message()).contains("127.0.0.2").contains("private");
    }
  }

  @Test
  void a_name_of_an_internal_address_is_refused_for_http_and_https() throws Exception {
    try (InternalServer inside = new InternalServer()) {
      String authority = "inside.example:" + inside.port();
      assertThat(failure("http://" + authority + "/").code()).isEqualTo("target-refused");
      assertThat(failure("https://" + authority + "/").code()).isEqualTo("target-refused");
      assertThat(inside.visitedWithin(0)).isFalse();
    }
  }

  /** The page requests its own host again, whose address has changed meanwhile. */
  @Test
  void a_name_that_becomes_internal_between_two_requests_is_refused_the_second_time()
      throws Exception {
    try (InternalServer inside = new InternalServer()) {
      site.page(
          "/", "text/html", "<script>fetch('/again').catch(() => document.title = 1)</script>");
      answers.addAll(
          List.of(OUTSIDE, InternalServer.ADDRESS, InternalServer.ADDRESS, InternalServer.ADDRESS));
      int before = refusals.get();

      browsers.visit(
          VISIT,
          page -> {
            page.navigate("http://fickle.example:" + site.port() + "/");
            page.waitForFunction("document.title == '1'");
            return true;
          });

      assertThat(refusals.get()).isGreaterThan(before);
      assertThat(inside.visitedWithin(0)).isFalse();
    }
  }

  /** The name is resolved once per connection, so the checked address is the one connected to. */
  @Test
  void a_name_is_looked_up_once_for_check_and_connection() throws Exception {
    site.page("/", "text/html", html("outside", ""));
    answers.clear();
    answers.add(OUTSIDE);

    String title =
        browsers.visit(
            VISIT,
            page -> {
              page.route("**/favicon.ico", route -> route.abort());
              page.navigate("http://fickle.example:" + site.port() + "/");
              return page.title();
            });

    assertThat(title).isEqualTo("outside");
    assertThat(answers).isEmpty();
  }

  private void prepare(InternalServer inside, String trick) {
    String body = trick.replace("INSIDE", inside.authority());
    site.page("/", "text/html", "<!doctype html><body>" + body);
    site.redirect("/redirect", "http://" + inside.authority() + "/");
    site.page(
        "/worker.js",
        "text/javascript",
        "fetch('http://%s/', {mode: 'no-cors'})".formatted(inside.authority()));
  }

  private void visit(Browsers these, InternalServer inside) throws Exception {
    int before = refusals.get();
    these.visit(
        VISIT,
        page -> {
          page.navigate(site.url("/"));
          // Ends when a request was refused; a page that sends none gets the whole time.
          for (int i = 0; i < CHECKS && refusals.get() == before; i++) {
            page.waitForTimeout(A_MOMENT / CHECKS);
            if (inside.visitedWithin(0)) {
              break;
            }
          }
          return true;
        });
  }

  private BrowserException failure(String url) {
    return catchThrowableOfType(
        BrowserException.class, () -> browsers.visit(VISIT, page -> page.navigate(url)));
  }
}
