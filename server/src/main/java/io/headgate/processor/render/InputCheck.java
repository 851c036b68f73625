package io.headgate.processor.render;

import io.headgate.batch.Flaw;
import io.headgate.batch.Violation;
import io.headgate.outbound.OutboundResult;
import io.headgate.outbound.Target;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Validates the input of an item; hand-written, as intake calls it for every item. */
final class InputCheck {

  static final int MAX_HTML = 2_000_000;
  private static final int MAX_SETS = 100;

  private InputCheck() {}

  static List<Violation> of(JsonNode input, JsonNode options) {
    if (!input.isObject()) {
      return wrong("", "must be an object", Flaw.WRONG_TYPE);
    }
    return options.has("template") ? ofTemplate(input, options) : ofDocument(input);
  }

  private static List<Violation> ofTemplate(JsonNode input, JsonNode options) {
    if (input.has("html") || input.has("url")) {
      return wrong(input.has("html") ? "html" : "url", "must be absent: the batch has a template");
    }
    if (!input.has("variable_sets")) {
      return input.path("variables").isObject() ? List.of() : missing(input, "variables");
    }
    if (!options.path("format").asString("png").equals("pdf")) {
      return wrong("variable_sets", "requires the format pdf");
    }
    JsonNode sets = input.get("variable_sets");
    return sets.isArray()
            && !sets.isEmpty()
            && sets.size() <= MAX_SETS
            && sets.valueStream().allMatch(JsonNode::isObject)
        ? List.of()
        : wrong(
            "variable_sets",
            "must be an array of 1 to " + MAX_SETS + " objects",
            Flaw.OUT_OF_RANGE);
  }

  private static List<Violation> missing(JsonNode input, String field) {
    return input.has(field)
        ? wrong(field, "must be an object", Flaw.WRONG_TYPE)
        : List.of(Violation.missing(field));
  }

  private static List<Violation> ofDocument(JsonNode input) {
    if (input.has("variables") || input.has("variable_sets")) {
      return wrong(
          input.has("variables") ? "variables" : "variable_sets",
          "must be absent: the batch has no template");
    }
    if (input.has("html") == input.has("url")) {
      return wrong("", "must have either html or url");
    }
    return input.has("html") ? html(input.get("html")) : url(input.get("url"));
  }

  private static List<Violation> html(JsonNode html) {
    if (!html.isString()) {
      return wrong("html", "must be a string", Flaw.WRONG_TYPE);
    }
    if (html.asString().isBlank()) {
      return wrong("html", "must not be empty");
    }
    return html.asString().length() <= MAX_HTML
        ? List.of()
        : wrong("html", "must be at most " + MAX_HTML + " characters", Flaw.TOO_LONG);
  }

  private static List<Violation> url(JsonNode url) {
    if (!url.isString()) {
      return wrong("url", "must be a string", Flaw.WRONG_TYPE);
    }
    return switch (Target.parse(url.asString())) {
      case Target.Url _ -> List.of();
      case OutboundResult.OutboundFailure failed -> wrong("url", failed.message());
    };
  }

  private static List<Violation> wrong(String field, String message) {
    return wrong(field, message, Flaw.MALFORMED);
  }

  private static List<Violation> wrong(String field, String message, Flaw flaw) {
    return List.of(new Violation(field, message, flaw));
  }
}
