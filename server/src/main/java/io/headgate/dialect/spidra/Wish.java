package io.headgate.dialect.spidra;

import io.headgate.extract.ExtractionSchema;
import io.headgate.extract.SchemaFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The options of a scrape request. Batches and single scrapes have the same. */
record Wish(
    @Nullable String prompt,
    @Nullable String output,
    @Nullable JsonNode schema,
    @Nullable Boolean useProxy,
    @Nullable String proxyCountry,
    @Nullable Boolean extractContentOnly,
    @Nullable String cookies,
    @Nullable Boolean screenshot,
    @Nullable Boolean fullPageScreenshot,
    @Nullable String scrapeMode) {

  private static final Pattern COUNTRY = Pattern.compile("[A-Za-z]{2}|global");
  private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e\\x80-\\xff\\t]*");
  private static final int MAX_PROMPT = 20_000;
  private static final int MAX_COOKIES = 16_384;
  private static final int MAX_SCHEMA = 65_536;

  /** The form of results. */
  enum Form {
    JSON,
    MARKDOWN,
    TEXT;

    String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  Optional<JsonNode> schemaGiven() {
    return Optional.ofNullable(schema).filter(given -> !given.isNull());
  }

  /** The schema to extract by. A schema of an object without properties accepts any JSON. */
  private Optional<JsonNode> schemaToFill() {
    return schemaGiven()
        .filter(given ->
            !(given.path("type").asString("object").equals("object")
                && given.path("properties").isEmpty()
                && !given.has("$ref")));
  }

  /**
   * The requested form. Older clients also send {@code text} and {@code table}; a table is JSON.
   */
  Form form(Form unlessSaid) {
    if (schemaGiven().isPresent()) {
      return Form.JSON;
    }
    return switch (output) {
      case "json", "table" -> Form.JSON;
      case "markdown" -> Form.MARKDOWN;
      case "text" -> Form.TEXT;
      case null, default -> unlessSaid;
    };
  }

  boolean wantsScreenshot() {
    return is(screenshot);
  }

  private static boolean is(@Nullable Boolean flag) {
    return Boolean.TRUE.equals(flag);
  }

  /** Every error in the options, as sentences without a full stop. */
  List<String> errors() {
    List<String> found = new ArrayList<>();
    refuseUnless(found, oneOf(output, "json", "markdown", "text", "table"), OUTPUTS);
    refuseUnless(found, oneOf(scrapeMode, "default", "fast"), "scrapeMode must be default or fast");
    refuseUnless(
        found,
        prompt == null || prompt.length() <= MAX_PROMPT,
        "prompt must have at most " + MAX_PROMPT + " characters");
    refuseUnless(
        found,
        proxyCountry == null || COUNTRY.matcher(proxyCountry).matches(),
        "proxyCountry must be a country code of two letters, eu or global");
    refuseUnless(
        found, proxyCountry == null || is(useProxy), "proxyCountry needs useProxy to be true");
    refuseUnless(
        found,
        !is(fullPageScreenshot) || is(screenshot),
        "fullPageScreenshot needs screenshot to be true");
    refuseUnless(
        found,
        cookies == null || isCookieHeader(cookies),
        "cookies must be the value of a Cookie header, at most " + MAX_COOKIES + " characters");
    schemaGiven().ifPresent(given -> checkSchema(given, found));
    return found;
  }

  private void checkSchema(JsonNode schema, List<String> found) {
    if (!schema.isObject()) {
      found.add("schema must be a JSON object");
    } else if (schema.toString().length() > MAX_SCHEMA) {
      found.add("schema must not be longer than " + MAX_SCHEMA + " characters");
    } else if (schemaToFill().isPresent()) {
      ExtractionSchema.faults(schema).stream().map(Wish::sentence).forEach(found::add);
    }
  }

  private static String sentence(SchemaFault fault) {
    return (fault.path().isEmpty() ? "schema " : "schema." + fault.path() + " ") + fault.message();
  }

  static boolean isCookieHeader(String text) {
    return text.length() <= MAX_COOKIES && HEADER_VALUE.matcher(text).matches();
  }

  private static final String OUTPUTS = "output must be json or markdown";

  private static boolean oneOf(@Nullable String value, String... words) {
    return value == null || List.of(words).contains(value);
  }

  private static void refuseUnless(List<String> found, boolean right, String message) {
    if (!right) {
      found.add(message);
    }
  }

  /** Warnings about the schema; null if there are none. */
  @Nullable List<String> warnings() {
    List<String> found =
        schemaToFill()
            .map(given -> ExtractionSchema.of(given).warnings())
            .orElse(schemaGiven().isPresent() ? List.of("schema names no properties") : List.of());
    return found.isEmpty() ? null : found;
  }

  /**
   * The options of the processor {@code scrape}. What needs a browser is done in one even if the
   * client requested {@code fast}.
   *
   * @param browser true if the pages have actions, which need a browser
   */
  ObjectNode options(Form form, boolean browser) {
    ObjectNode options = JsonNodeFactory.instance.objectNode();
    schemaToFill()
        .ifPresentOrElse(
            given -> options.put("output", "json").set("schema", given),
            () -> options.put("output", form == Form.TEXT ? "text" : "markdown"));
    boolean fast = "fast".equals(scrapeMode) && !browser && !is(screenshot);
    options.put("mode", fast ? "fast" : "auto");
    putIf(options, "main_content_only", extractContentOnly);
    putIf(options, "screenshot", screenshot);
    putIf(options, "full_page_screenshot", fullPageScreenshot);
    putIf(options, "proxy", useProxy);
    return options;
  }

  private static void putIf(ObjectNode options, String name, @Nullable Boolean flag) {
    if (is(flag)) {
      options.put(name, true);
    }
  }

  /** The options of the processor {@code scrape} that must be encrypted when stored. */
  Optional<JsonNode> confided() {
    return Optional.ofNullable(cookies).filter(value -> !value.isBlank()).map(Wish::cookies);
  }

  /** Cookies as options of the processor {@code scrape}. */
  static JsonNode cookies(String header) {
    ObjectNode options = JsonNodeFactory.instance.objectNode();
    options.putObject("headers").put("Cookie", header.strip());
    return options;
  }
}
