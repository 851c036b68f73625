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
 * @param several true if each output has its own name in the result, not {@code content}
 * @param fields fields by name; empty if outputs are requested
 * @param schema schema for the output JSON; null without that output
 * @param prompted true if the options have a prompt, which extraction by rules ignores
 */
record Wanted(
    List<Output> outputs,
    boolean several,
    Map<String, Field> fields,
    @Nullable ExtractionSchema schema,
    boolean prompted) {

  enum Output {
    MARKDOWN,
    TEXT,
    HTML,
    LINKS,
    METADATA,
    JSON;

    static Output of(JsonNode word) {
      return valueOf(word.asString().toUpperCase(Locale.ROOT));
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A value to select from the page.
   *
   * @param attribute attribute to read; empty for the text
   * @param all true for an array of all matches, false for the first match
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
   * Parses options.
   *
   * @param options must have no violations
   */
  static Wanted of(JsonNode options) {
    Map<String, Field> fields = new LinkedHashMap<>();
    options.path("fields").forEachEntry((name, field) -> fields.put(name, Field.of(field)));
    ExtractionSchema schema =
        options.has("schema") ? ExtractionSchema.of(options.get("schema")) : null;
    return new Wanted(
        fields.isEmpty() ? outputs(options) : List.of(),
        options.has("outputs"),
        fields,
        schema,
        options.has("prompt"));
  }

  private static List<Output> outputs(JsonNode options) {
    if (options.has("outputs")) {
      return options.get("outputs").valueStream().map(Output::of).toList();
    }
    return List.of(options.has("output") ? Output.of(options.get("output")) : Output.MARKDOWN);
  }

  /** Adds the violations of options that match the options schema. */
  static void check(JsonNode options, List<Violation> found) {
    options
        .path("fields")
        .forEachEntry((name, field) ->
            ScrapeOptions.checkSelector("fields." + name, Field.of(field).selector(), found));
    boolean json = !options.has("fields") && outputs(options).contains(Output.JSON);
    if (json && !options.has("schema")) {
      found.add(new Violation("schema", "is required when output is json"));
    } else if (!json && options.has("schema")) {
      found.add(new Violation("schema", "is allowed only with output json"));
    } else if (json) {
      for (SchemaFault fault : ExtractionSchema.faults(options.get("schema"))) {
        String at = fault.at().isEmpty() ? "schema" : "schema." + fault.at();
        found.add(new Violation(at, fault.message()));
      }
    }
  }
}
