package io.headgate.processor.scrape;

import io.headgate.batch.Violation;
import io.headgate.extract.ExtractionSchema;
import io.headgate.extract.SchemaFault;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The outputs to produce from a page.
 *
 * @param outputs the requested outputs; none if {@code fields} are requested
 * @param multiple true if each output has its own name in the result, not {@code content}
 * @param fields fields by name; empty if outputs are requested
 * @param schema schema for the output JSON; null without that output
 * @param hasPrompt true if the options have a prompt, which extraction by rules ignores
 */
record OutputSpec(
    List<ScrapeOutput> outputs,
    boolean multiple,
    Map<String, FieldSpec> fields,
    @Nullable ExtractionSchema schema,
    boolean hasPrompt) {

  enum ScrapeOutput {
    MARKDOWN,
    TEXT,
    HTML,
    LINKS,
    METADATA,
    JSON;

    static ScrapeOutput of(JsonNode wireName) {
      return valueOf(wireName.asString().toUpperCase(Locale.ROOT));
    }

    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A value to select from the page.
   *
   * @param attribute attribute to read; empty for the text
   * @param all true for an array of all matches, false for the first match
   */
  record FieldSpec(String selector, String attribute, boolean all) {
    static FieldSpec of(JsonNode node) {
      return node.isString()
          ? new FieldSpec(node.asString(), "", false)
          : new FieldSpec(
              node.path("selector").asString(),
              node.path("attribute").asString(""),
              node.path("all").asBoolean(false));
    }
  }

  /**
   * Parses options.
   *
   * @param options must have no violations
   */
  static OutputSpec of(JsonNode options) {
    Map<String, FieldSpec> fields = new LinkedHashMap<>();
    options.path("fields").forEachEntry((name, field) -> fields.put(name, FieldSpec.of(field)));
    ExtractionSchema schema =
        options.has("schema") ? ExtractionSchema.of(options.get("schema")) : null;
    return new OutputSpec(
        fields.isEmpty() ? outputs(options) : List.of(),
        options.has("outputs"),
        fields,
        schema,
        options.has("prompt"));
  }

  private static List<ScrapeOutput> outputs(JsonNode options) {
    if (options.has("outputs")) {
      return options.get("outputs").valueStream().map(ScrapeOutput::of).toList();
    }
    return List.of(
        options.has("output") ? ScrapeOutput.of(options.get("output")) : ScrapeOutput.MARKDOWN);
  }

  /** Adds the violations of options that match the options schema. */
  static void check(JsonNode options, List<Violation> found) {
    options
        .path("fields")
        .forEachEntry((name, field) ->
            ScrapeOptions.checkSelector("fields." + name, FieldSpec.of(field).selector(), found));
    boolean json = !options.has("fields") && outputs(options).contains(ScrapeOutput.JSON);
    if (json && !options.has("schema")) {
      found.add(new Violation("schema", "is required when output is json"));
    } else if (!json && options.has("schema")) {
      found.add(new Violation("schema", "is allowed only with output json"));
    } else if (json) {
      for (SchemaFault fault : ExtractionSchema.faults(options.get("schema"))) {
        String path = fault.path().isEmpty() ? "schema" : "schema." + fault.path();
        found.add(new Violation(path, fault.message()));
      }
    }
  }
}
