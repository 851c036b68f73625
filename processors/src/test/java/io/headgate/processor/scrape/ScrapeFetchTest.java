package io.headgate.processor.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.outbound.Outbound;
import io.headgate.outbound.OutboundProxy;
import io.headgate.outbound.Site;
import io.headgate.outbound.TargetCheck;
import io.headgate.processor.Outcome;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** How a page is fetched: several outputs, cookies, a proxy, and robots.txt. */
@Timeout(60)
class ScrapeFetchTest extends ScrapeCase {

  @Test
  void several_outputs_come_from_one_fetch_each_under_its_own_name() throws Exception {
    JsonNode output =
        output(
            "/shop/",
            """
            {"outputs":["text","links","metadata","json"],"include":"h1, a","prompt":"what is it?",
             "schema":{"properties":{"description":{"type":"string"}}}}
            """);

    assertThat(output.path("text").asString()).startsWith("Home").contains("Things");
    assertThat(output.path("links")).hasSize(2);
    assertThat(output.path("metadata").path("language").asString()).isEqualTo("en");
    assertThat(output.path("json")).isEqualTo(JSON.readTree("{\"description\":\"Sells things\"}"));
    assertThat(output.path("extracted_by").asString()).isEqualTo("rules");
    assertThat(output.path("note").asString()).startsWith("The prompt had no effect");
    assertThat(output.has("content")).isFalse();
  }

  @Test
  void a_missing_required_property_fails_the_item_by_name() throws Exception {
    String options =
        """
        {"output":"json","schema":{"required":["sku"],"properties":{"sku":{"type":"string"}}}}
        """;

    assertThat(failed("/shop/", options))
        .isEqualTo(
            Outcome.Failed.permanent(
                "missing-property", "no value was found for the required property sku"));
  }

  @Test
  void a_json_response_can_be_extracted_from() throws Exception {
    site.page("/api", "application/json", "{\"item\":{\"unitPrice\":7}}");

    assertThat(
            output(
                    "/api",
                    "{\"output\":\"json\",\"schema\":{\"properties\":{\"unit_price\":{\"type\":\"integer\"}}}}")
                .path("json"))
        .isEqualTo(JSON.readTree("{\"unit_price\":7}"));
  }

  @Test
  void cookies_are_sent_only_to_the_host_of_the_page() throws Exception {
    List<String> seen = new CopyOnWriteArrayList<>();
    try (Site other = new Site()) {
      other.page("/", e -> answerCookie(e, seen));
      site.page("/in", e -> answerCookie(e, seen));
      site.redirect("/out", other.url("/").replace("127.0.0.1", "localhost"));

      String options = "{\"cookies\":\"session=secret; b=2\"}";
      JsonNode inside = output("/in", options);
      JsonNode outside = output("/out", options);

      assertThat(seen).containsExactly("session=secret; b=2", "null");
      assertThat(inside.toString() + outside).doesNotContain("secret");
    }
  }

  private static void answerCookie(com.sun.net.httpserver.HttpExchange e, List<String> seen)
      throws java.io.IOException {
    seen.add(String.valueOf(e.getRequestHeaders().getFirst("Cookie")));
    Site.answer(e, 200, Map.of("Content-Type", "text/plain"), "x");
  }

  @Test
  void the_configured_proxy_is_used_when_a_batch_requests_it() throws Exception {
    List<String> asked = new CopyOnWriteArrayList<>();
    try (Site proxy = new Site()) {
      proxy.page(
          "/",
          e -> {
            asked.add(
                e.getRequestURI() + " " + e.getRequestHeaders().getFirst("Proxy-Authorization"));
            boolean known = e.getRequestHeaders().containsKey("Proxy-Authorization");
            Site.answer(
                e,
                known ? 200 : 407,
                Map.of("Content-Type", "text/plain", "Proxy-Authenticate", "Basic realm=\"p\""),
                known ? "by proxy" : "");
          });
      OutboundProxy way = new OutboundProxy("127.0.0.1", proxy.port(), "ann", "pass");
      try (Outbound out =
          new Outbound(new TargetCheck(true), InstantSource.system(), Optional.of(way))) {
        ScrapeProcessor scraper = new ScrapeProcessor(out);
        Outcome proxied = run(scraper, url("/shop/"), "{\"proxy\":true}", Duration.ofSeconds(9));
        Outcome direct =
            run(scraper, url("/shop/"), "{\"output\":\"text\"}", Duration.ofSeconds(9));

        assertThat(content(proxied)).isEqualTo("by proxy");
        assertThat(content(direct)).contains("Things");
        assertThat(asked)
            .containsExactly(
                site.url("/shop/") + " null", site.url("/shop/") + " Basic YW5uOnBhc3M=");
        assertThat(way.toString()).doesNotContain("pass");
      }
    }
  }

  @Test
  void targets_are_checked_before_the_proxy_is_used() throws Exception {
    OutboundProxy way = new OutboundProxy("127.0.0.1", site.port(), "", "");
    try (Outbound out =
        new Outbound(new TargetCheck(false), InstantSource.system(), Optional.of(way))) {
      Outcome outcome =
          run(
              new ScrapeProcessor(out),
              JSON.getNodeFactory().stringNode("http://10.0.0.7/"),
              "{\"proxy\":true}",
              Duration.ofSeconds(9));

      assertThat(((Outcome.Failed) outcome).code()).isEqualTo("target-refused");
    }
  }

  private static String content(Outcome outcome) {
    return ((Outcome.Succeeded) outcome).output().path("content").asString();
  }

  @Test
  void robots_txt_is_fetched_once_and_only_when_it_is_respected() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    site.page(
        "/robots.txt",
        e -> {
          asked.incrementAndGet();
          Site.answer(
              e,
              200,
              Map.of("Content-Type", "text/plain"),
              "User-agent: *\nDisallow: /shop/\n\nUser-agent: friend\nAllow: /\n");
        });
    String respect = "{\"robots\":\"respect\"}";

    assertThat(failed("/shop/", respect))
        .isEqualTo(
            Outcome.Failed.permanent(
                "robots-disallowed",
                "robots.txt of 127.0.0.1:" + site.port() + " does not allow this page"));
    failed("/shop/", respect);
    output("/shop/", "{}");
    assertThat(asked).hasValue(1);
    output("/shop/", "{\"robots\":\"respect\",\"user_agent\":\"Friend/2.0 (me)\"}");
    assertThat(asked).hasValue(2);
  }

  @ParameterizedTest
  @CsvSource({"404, true", "403, true", "500, false", "429, false"})
  void without_robots_txt_everything_is_allowed_and_while_it_fails_nothing(
      int status, boolean allowed) throws Exception {
    site.page("/robots.txt", e -> Site.answer(e, status, Map.of(), ""));
    if (allowed) {
      output("/shop/", "{\"robots\":\"respect\"}");
    } else {
      Outcome.Failed failed = failed("/shop/", "{\"robots\":\"respect\"}");
      assertThat(failed.code()).isEqualTo("robots-unknown");
      assertThat(failed.retryable()).isTrue();
    }
  }
}
