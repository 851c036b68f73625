package io.headgate.processor.scrape;

import io.headgate.batch.Violation;
import io.headgate.extract.Selectors;
import io.headgate.outbound.OutboundLimits;
import io.headgate.outbound.OutboundRequest;
import io.headgate.processor.JsonSchemaChecker;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The parsed options of a batch.
 *
 * @param include CSS selector of the parts to keep; empty for the whole page
 * @param exclude CSS selector of the parts to remove; empty for none
 * @param headers request headers, including cookies
 * @param respectRobots true to fetch only what robots.txt allows
 * @param proxy true to use the {@code outbound_proxy} of the server
 */
record ScrapeOptions(
    OutputSpec output,
    String include,
    String exclude,
    boolean mainContentOnly,
    Map<String, String> headers,
    OutboundLimits limits,
    HostLimiter.HostLimit hostLimit,
    boolean respectRobots,
    boolean proxy) {

  static final JsonSchemaChecker FORM =
      JsonSchemaChecker.resource(ScrapeOptions.class, "options.json");
  static final String DEFAULT_AGENT = "Headgate";

  /**
   * Parses options.
   *
   * @param options must have no violations
   */
  static ScrapeOptions of(JsonNode options) {
    double delay = options.path("per_host_delay_seconds").asDouble(0);
    return new ScrapeOptions(
        OutputSpec.of(options),
        options.path("include").asString(""),
        options.path("exclude").asString(""),
        options.path("main_content_only").asBoolean(false),
        headers(options),
        OutboundLimits.DEFAULT
            .withMaxBytes(options.path("max_bytes").asInt(10_000_000))
            .withMaxRedirects(options.path("max_redirects").asInt(5)),
        new HostLimiter.HostLimit(
            options.path("per_host_concurrency").asInt(8),
            Duration.ofNanos((long) (delay * 1_000_000_000)),
            false),
        options.path("robots").asString("").equals("respect"),
        options.path("proxy").asBoolean(false));
  }

  String userAgent() {
    return headers.entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase("User-Agent"))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(DEFAULT_AGENT);
  }

  private static Map<String, String> headers(JsonNode options) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    headers.put("User-Agent", options.path("user_agent").asString(DEFAULT_AGENT));
    if (options.has("cookies")) {
      headers.put("Cookie", options.path("cookies").asString());
    }
    addHeaders(headers, options.path("headers"));
    return headers;
  }

  /** Adds the headers of a JSON object. Names are compared without case; later ones win. */
  static void addHeaders(Map<String, String> headers, JsonNode more) {
    more.forEachEntry((name, value) -> {
      headers.keySet().removeIf(name::equalsIgnoreCase);
      headers.put(name, value.asString());
    });
  }

  static List<Violation> check(JsonNode options) {
    List<Violation> found = FORM.violations(options);
    if (!found.isEmpty()) {
      return found;
    }
    OutputSpec.check(options, found);
    checkSelector("include", options.path("include").asString(""), found);
    checkSelector("exclude", options.path("exclude").asString(""), found);
    checkHeaders(options.path("headers"), found);
    checkHeader("user_agent", "User-Agent", options.path("user_agent"), found);
    checkHeader("cookies", "Cookie", options.path("cookies"), found);
    return found;
  }

  static void checkHeaders(JsonNode headers, List<Violation> found) {
    headers.forEachEntry((name, value) -> checkHeader("headers." + name, name, value, found));
  }

  private static void checkHeader(
      String field, String name, JsonNode value, List<Violation> found) {
    OutboundRequest.refusalReason(name, value.asString(""))
        .ifPresent(reason -> found.add(new Violation(field, reason)));
  }

  static void checkSelector(String field, String selector, List<Violation> found) {
    if (!selector.isEmpty()) {
      Selectors.invalidReason(selector)
          .ifPresent(reason -> found.add(new Violation(field, reason)));
    }
  }
}
