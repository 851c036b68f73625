package io.headgate.processor.scrape;

import io.headgate.batch.Violation;
import io.headgate.extract.ExtractionSchema;
import io.headgate.extract.SchemaFault;
import io.headgate.outbound.OutboundLimits;
import io.headgate.outbound.OutboundRequest;
import io.headgate.processor.JsonForm;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jsoup.select.QueryParser;
import org.jsoup.select.Selector;
import tools.jackson.databind.JsonNode;

/**
 * What a batch asks of its pages.
 *
 * @param include CSS selector; empty for the whole page
 * @param exclude CSS selector; empty for nothing
 */
record ScrapeOptions(
    Wanted wanted,
    String include,
    String exclude,
    boolean mainContentOnly,
    Map<String, String> headers,
    OutboundLimits limits,
    Politeness.Limit politeness) {

  static final JsonForm FORM = JsonForm.resource(ScrapeOptions.class, "options.json");

  /** What to make of a page. */
  sealed interface Wanted {
    record Whole(Output output) implements Wanted {}

    record Fields(Map<String, Field> byName) implements Wanted {}

    /**
     * @param prompted true when there is a prompt, which rules make nothing of
     */
    record Json(ExtractionSchema schema, boolean prompted) implements Wanted {}
  }

  enum Output {
    MARKDOWN,
    TEXT,
    HTML,
    LINKS,
    METADATA
  }

  /**
   * @param attribute empty for the text
   */
  record Field(String selector, String attribute, boolean all) {
    static Field of(JsonNode node) {
      return node.isString()
          ? new Field(node.asString(), "", false)
          : new Field(
              node.path("selector").asString(),
              node.path("attribute").asString(""),
              node.path("all").asBoolean(false));
    }
  }

  /**
   * @param options must have no violations
   */
  static ScrapeOptions of(JsonNode options) {
    double delay = options.path("per_host_delay_seconds").asDouble(0);
    return new ScrapeOptions(
        wanted(options),
        options.path("include").asString(""),
        options.path("exclude").asString(""),
        options.path("main_content_only").asBoolean(false),
        headers(options),
        OutboundLimits.DEFAULT
            .withMaxBytes(options.path("max_bytes").asInt(10_000_000))
            .withMaxRedirects(options.path("max_redirects").asInt(5)),
        new Politeness.Limit(
            options.path("per_host_concurrency").asInt(8),
            Duration.ofNanos((long) (delay * 1_000_000_000))));
  }

  private static Wanted wanted(JsonNode options) {
    String output = options.path("output").asString("markdown");
    if (output.equals("json")) {
      return new Wanted.Json(ExtractionSchema.of(options.get("schema")), options.has("prompt"));
    }
    if (!options.has("fields")) {
      return new Wanted.Whole(Output.valueOf(output.toUpperCase(Locale.ROOT)));
    }
    Map<String, Field> fields = new LinkedHashMap<>();
    options.get("fields").forEachEntry((name, field) -> fields.put(name, Field.of(field)));
    return new Wanted.Fields(fields);
  }

  private static Map<String, String> headers(JsonNode options) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    headers.put("User-Agent", options.path("user_agent").asString("Headgate"));
    addHeaders(headers, options.path("headers"));
    return headers;
  }

  /** Adds the headers of a JSON object; the same name in other letters is replaced. */
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
    checkSelector("include", options.path("include").asString(""), found);
    checkSelector("exclude", options.path("exclude").asString(""), found);
    options
        .path("fields")
        .forEachEntry(
            (name, field) -> checkSelector("fields." + name, Field.of(field).selector(), found));
    checkSchema(options, found);
    checkHeaders(options.path("headers"), found);
    String agent = options.path("user_agent").asString("");
    OutboundRequest.objection("User-Agent", agent)
        .ifPresent(reason -> found.add(new Violation("user_agent", reason)));
    return found;
  }

  private static void checkSchema(JsonNode options, List<Violation> found) {
    boolean json = options.path("output").asString("").equals("json");
    if (json != options.has("schema")) {
      found.add(
          json
              ? new Violation("schema", "is required when output is json")
              : new Violation("schema", "goes with output json only"));
    } else if (json) {
      for (SchemaFault fault : ExtractionSchema.faults(options.get("schema"))) {
        String at = fault.at().isEmpty() ? "schema" : "schema." + fault.at();
        found.add(new Violation(at, fault.message()));
      }
    }
  }

  static void checkHeaders(JsonNode headers, List<Violation> found) {
    headers.forEachEntry((name, value) ->
        OutboundRequest.objection(name, value.asString())
            .ifPresent(reason -> found.add(new Violation("headers." + name, reason))));
  }

  private static void checkSelector(String field, String selector, List<Violation> found) {
    if (selector.isEmpty()) {
      return;
    }
    try {
      QueryParser.parse(selector);
    } catch (Selector.SelectorParseException | IllegalArgumentException e) {
      found.add(new Violation(field, "is not a CSS selector"));
    }
  }
}
