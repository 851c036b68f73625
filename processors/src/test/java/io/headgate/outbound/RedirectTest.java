package io.headgate.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class RedirectTest extends OutboundCase {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:%d/secret",
        "//127.0.0.1:%d/secret",
        "http://[::ffff:7f00:1]:%d/secret",
        "http://inside.example:%d/secret"
      })
  void a_redirect_to_a_refused_address_is_refused(String location) throws Exception {
    AtomicInteger reached = new AtomicInteger();
    site.page("/secret", e -> Site.answer(e, 200, Map.of(), "" + reached.incrementAndGet()));
    // 127.0.0.2 stands for the internet; the usual rules apply to every other address.
    InetAddress internet = InetAddress.ofLiteral("127.0.0.2");
    TargetCheck guard =
        new TargetCheck(
            address ->
                address.equals(internet) ? Optional.empty() : Addresses.refusalReason(address),
            host -> List.of(InetAddress.getLoopbackAddress()));
    try (Site outside = new Site(internet);
        Outbound guarded = new Outbound(guard, NOON)) {
      outside.redirect("/start", location.formatted(site.port()));
      String start = "http://127.0.0.2:" + outside.port() + "/start";
      assertThat(failed(guarded.send(request(start), limits())).code()).isEqualTo("target-refused");
    }
    assertThat(reached).hasValue(0);
  }

  @ParameterizedTest
  @CsvSource({
    "/a/b?x=1, c, /a/c",
    "/a/b?x=1, ?y=2, /a/b?y=2",
    "/a/b, ../c, /c",
    "/a/b, /c?d#e, /c?d",
    "/a/b, /Köln, /K%C3%B6ln",
    "/a/b, '/with space', /with%20space",
  })
  void a_relative_redirect_is_followed_as_browsers_do(String from, String location, String to)
      throws Exception {
    site.page(
        "/",
        exchange -> {
          boolean first = exchange.getRequestURI().toString().equals(from);
          byte[] latin = location.getBytes(StandardCharsets.UTF_8);
          Map<String, String> headers =
              Map.of("Location", new String(latin, StandardCharsets.ISO_8859_1));
          Site.answer(exchange, first ? 302 : 200, first ? headers : Map.of(), "");
        });
    assertThat(response(get(site.url(from))).finalUrl()).isEqualTo(site.url(to));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "http://2130706433/",
        "http://0177.0.0.1/",
        "http://0x7f000001/",
        "http://127.1/",
        "http://user:pw@example.com/",
        "//user@example.com/",
        "http://[fe80::1%25eth0]/",
        "http:///x"
      })
  void a_redirect_to_an_invalid_url_is_refused(String location) throws Exception {
    site.redirect("/", location);
    OutboundResult.OutboundFailure failed = failed(get(site.url("/")));
    assertThat(failed.code()).isEqualTo("invalid-url");
    assertThat(failed.message()).startsWith("after a redirect: ");
  }

  @Test
  void redirects_are_counted() throws Exception {
    site.redirect("/loop", "/loop");
    assertThat(failed(get(site.url("/loop"))).code()).isEqualTo("too-many-redirects");
    OutboundResult unfollowed =
        outbound.send(request(site.url("/loop")), limits().withMaxRedirects(0));
    assertThat(response(unfollowed).status()).isEqualTo(302);
  }

  @Test
  void a_redirect_to_another_origin_loses_headers_for_the_first() throws Exception {
    try (Site other = new Site()) {
      other.page(
          "/", e -> Site.answer(e, 200, Map.of(), e.getRequestHeaders().keySet().toString()));
      site.redirect("/", other.url("/"));
      Map<String, String> headers =
          Map.of("Authorization", "Bearer x", "X-Api-Key", "y", "Accept", "text/html");
      OutboundResult answer = outbound.send(OutboundRequest.get(site.url("/"), headers), limits());
      assertThat(response(answer).body())
          .asString()
          .contains("Accept")
          .doesNotContain("Authorization", "X-api-key");
    }
  }

  @Test
  void a_body_is_not_sent_to_another_origin() throws Exception {
    try (Site other = new Site()) {
      site.page("/", e -> Site.answer(e, 307, Map.of("Location", other.url("/")), ""));
      OutboundRequest post = new OutboundRequest("POST", site.url("/"), Map.of(), "secret");
      assertThat(response(outbound.send(post, limits())).status()).isEqualTo(307);
    }
  }

  @Test
  void a_post_becomes_a_get_after_302_and_stays_a_post_after_307() throws Exception {
    site.page("/302", e -> Site.answer(e, 302, Map.of("Location", "/end"), ""));
    site.page("/307", e -> Site.answer(e, 307, Map.of("Location", "/end"), ""));
    site.page(
        "/end",
        e ->
            Site.answer(
                e,
                200,
                Map.of(),
                e.getRequestMethod()
                    + new String(e.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
    OutboundRequest post = new OutboundRequest("POST", site.url("/302"), Map.of(), "body");
    assertThat(response(outbound.send(post, limits())).body()).asString().isEqualTo("GET");
    post = new OutboundRequest("POST", site.url("/307"), Map.of(), "body");
    assertThat(response(outbound.send(post, limits())).body()).asString().isEqualTo("POSTbody");
  }

  @Test
  void redirects_share_one_deadline() throws Exception {
    site.page(
        "/",
        exchange -> {
          pause();
          Site.answer(exchange, 302, Map.of("Location", "/"), "");
        });
    OutboundLimits limits =
        new OutboundLimits(Duration.ofMillis(450), Duration.ofSeconds(9), 1_000, 20);
    assertThat(failed(outbound.send(request(site.url("/")), limits)).code()).isEqualTo("timeout");
  }
}
