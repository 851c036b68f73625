package io.headgate.processor.render;

import io.headgate.batch.Violation;
import io.headgate.batch.ViolationKind;
import io.headgate.outbound.OutboundResult;
import io.headgate.outbound.Target;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Validates the input of an item; hand-written, as intake calls it for every item. */
final class InputValidator {

  static final int MAX_HTML = 2_000_000;
  private static final int MAX_SETS = 100;

  private InputValidator() {}

  static List<Violation> violations(JsonNode input, JsonNode options) {
    if (!input.isObject()) {
      return violation("", "must be an object", ViolationKind.WRONG_TYPE);
    }
    return options.has("template") ? templateViolations(input, options) : documentViolations(input);
  }

  private static List<Violation> templateViolations(JsonNode input, JsonNode options) {
    if (input.has("html") || input.has("url")) {
      return violation(
          input.has("html") ? "html" : "url", "must be absent: the batch has a template");
    }
    if (!input.has("variable_sets")) {
      return input.path("variables").isObject()
          ? List.of()
          : missingOrWrongType(input, "variables");
    }
    if (!options.path("format").asString("png").equals("pdf")) {
      return violation("variable_sets", "requires the format pdf");
    }
    JsonNode sets = input.get("variable_sets");
    return sets.isArray()
            && !sets.isEmpty()
            && sets.size() <= MAX_SETS
            && sets.valueStream().allMatch(JsonNode::isObject)
        ? List.of()
        : violation(
            "variable_sets",
            "must be an array of 1 to " + MAX_SETS + " objects",
            ViolationKind.OUT_OF_RANGE);
  }

  private static List<Violation> missingOrWrongType(JsonNode input, String field) {
    return input.has(field)
        ? violation(field, "must be an object", ViolationKind.WRONG_TYPE)
        : List.of(Violation.missing(field));
  }

  private static List<Violation> documentViolations(JsonNode input) {
    if (input.has("variables") || input.has("variable_sets")) {
      return violation(
          input.has("variables") ? "variables" : "variable_sets",
          "must be absent: the batch has no template");
    }
    if (input.has("html") == input.has("url")) {
      return violation("", "must have either html or url");
    }
    return input.has("html") ? htmlViolations(input.get("html")) : urlViolations(input.get("url"));
  }

  private static List<Violation> htmlViolations(JsonNode html) {
    if (!html.isString()) {
      return violation("html", "must be a string", ViolationKind.WRONG_TYPE);
    }
    if (html.asString().isBlank()) {
      return violation("html", "must not be empty");
    }
    return html.asString().length() <= MAX_HTML
        ? List.of()
        : violation("html", "must be at most " + MAX_HTML + " characters", ViolationKind.TOO_LONG);
  }

  private static List<Violation> urlViolations(JsonNode url) {
    if (!url.isString()) {
      return violation("url", "must be a string", ViolationKind.WRONG_TYPE);
    }
    return switch (Target.parse(url.asString())) {
      case Target.Url _ -> List.of();
      case OutboundResult.OutboundFailure failed -> violation("url", failed.message());
    };
  }

  private static List<Violation> violation(String field, String message) {
    return violation(field, message, ViolationKind.MALFORMED);
  }

  private static List<Violation> violation(String field, String message, ViolationKind kind) {
    return List.of(new Violation(field, message, kind));
  }
}
