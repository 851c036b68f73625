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
record ScrapeRequest(
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
  enum ResultForm {
    JSON,
    MARKDOWN,
    TEXT;

    String wireName() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  Optional<JsonNode> givenSchema() {
    return Optional.ofNullable(schema).filter(given -> !given.isNull());
  }

  /** The schema to extract by. A schema of an object without properties accepts any JSON. */
  private Optional<JsonNode> schemaToExtract() {
    return givenSchema()
        .filter(given ->
            !(given.path("type").asString("object").equals("object")
                && given.path("properties").isEmpty()
                && !given.has("$ref")));
  }

  /**
   * The requested form. Older clients also send {@code text} and {@code table}; a table is JSON.
   */
  ResultForm form(ResultForm fallback) {
    if (givenSchema().isPresent()) {
      return ResultForm.JSON;
    }
    return switch (output) {
      case "json", "table" -> ResultForm.JSON;
      case "markdown" -> ResultForm.MARKDOWN;
      case "text" -> ResultForm.TEXT;
      case null, default -> fallback;
    };
  }

  boolean hasScreenshot() {
    return isTrue(screenshot);
  }

  private static boolean isTrue(@Nullable Boolean flag) {
    return Boolean.TRUE.equals(flag);
  }

  /** Every error in the options, as sentences without a full stop. */
  List<String> errors() {
    List<String> messages = new ArrayList<>();
    addUnless(messages, oneOf(output, "json", "markdown", "text", "table"), OUTPUTS);
    addUnless(messages, oneOf(scrapeMode, "default", "fast"), "scrapeMode must be default or fast");
    addUnless(
        messages,
        prompt == null || prompt.length() <= MAX_PROMPT,
        "prompt must have at most " + MAX_PROMPT + " characters");
    addUnless(
        messages,
        proxyCountry == null || COUNTRY.matcher(proxyCountry).matches(),
        "proxyCountry must be a country code of two letters, eu or global");
    addUnless(
        messages,
        proxyCountry == null || isTrue(useProxy),
        "proxyCountry needs useProxy to be true");
    addUnless(
        messages,
        !isTrue(fullPageScreenshot) || isTrue(screenshot),
        "fullPageScreenshot needs screenshot to be true");
    addUnless(
        messages,
        cookies == null || isCookieHeader(cookies),
        "cookies must be the value of a Cookie header, at most " + MAX_COOKIES + " characters");
    givenSchema().ifPresent(given -> checkSchema(given, messages));
    return messages;
  }

  private void checkSchema(JsonNode schema, List<String> messages) {
    if (!schema.isObject()) {
      messages.add("schema must be a JSON object");
    } else if (schema.toString().length() > MAX_SCHEMA) {
      messages.add("schema must not be longer than " + MAX_SCHEMA + " characters");
    } else if (schemaToExtract().isPresent()) {
      ExtractionSchema.faults(schema).stream().map(ScrapeRequest::sentence).forEach(messages::add);
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

  private static void addUnless(List<String> messages, boolean right, String message) {
    if (!right) {
      messages.add(message);
    }
  }

  /** Warnings about the schema; null if there are none. */
  @Nullable List<String> warnings() {
    List<String> messages =
        schemaToExtract()
            .map(given -> ExtractionSchema.of(given).warnings())
            .orElse(givenSchema().isPresent() ? List.of("schema names no properties") : List.of());
    return messages.isEmpty() ? null : messages;
  }

  /**
   * The options of the processor {@code scrape}. What needs a browser is done in one even if the
   * client requested {@code fast}.
   *
   * @param browser true if the pages have actions, which need a browser
   */
  ObjectNode options(ResultForm form, boolean browser) {
    ObjectNode options = JsonNodeFactory.instance.objectNode();
    schemaToExtract()
        .ifPresentOrElse(
            given -> options.put("output", "json").set("schema", given),
            () -> options.put("output", form == ResultForm.TEXT ? "text" : "markdown"));
    boolean fast = "fast".equals(scrapeMode) && !browser && !isTrue(screenshot);
    options.put("mode", fast ? "fast" : "auto");
    putIf(options, "main_content_only", extractContentOnly);
    putIf(options, "screenshot", screenshot);
    putIf(options, "full_page_screenshot", fullPageScreenshot);
    putIf(options, "proxy", useProxy);
    return options;
  }

  private static void putIf(ObjectNode options, String name, @Nullable Boolean flag) {
    if (isTrue(flag)) {
      options.put(name, true);
    }
  }

  /** The options of the processor {@code scrape} that must be encrypted when stored. */
  Optional<JsonNode> secretOptions() {
    return Optional.ofNullable(cookies)
        .filter(value -> !value.isBlank())
        .map(ScrapeRequest::cookies);
  }

  /** Cookies as options of the processor {@code scrape}. */
  static JsonNode cookies(String header) {
    ObjectNode options = JsonNodeFactory.instance.objectNode();
    options.putObject("headers").put("Cookie", header.strip());
    return options;
  }
}
