package io.headgate.processor.http;

import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * The condition under which a response counts as success.
 *
 * @param pointer to the value in the response's JSON that must be {@code expected}; empty when any
 *     body is accepted
 */
record SuccessRule(List<StatusRange> statuses, Optional<JsonPointer> pointer, JsonNode expected) {

  record StatusRange(int first, int last) {
    static StatusRange of(JsonNode status) {
      String text = status.asString();
      if (text.endsWith("xx")) {
        int first = Integer.parseInt(text.substring(0, 1)) * 100;
        return new StatusRange(first, first + 99);
      }
      int dash = text.indexOf('-');
      return dash < 0
          ? new StatusRange(Integer.parseInt(text), Integer.parseInt(text))
          : new StatusRange(
              Integer.parseInt(text.substring(0, dash)),
              Integer.parseInt(text.substring(dash + 1)));
    }
  }

  /**
   * @param success valid according to the schema, or missing
   */
  static SuccessRule of(JsonNode success) {
    JsonNode statuses = success.path("statuses");
    JsonNode pointer = success.path("pointer");
    return new SuccessRule(
        statuses.isMissingNode()
            ? List.of(new StatusRange(200, 299))
            : statuses.valueStream().map(StatusRange::of).toList(),
        pointer.isMissingNode()
            ? Optional.empty()
            : Optional.of(JsonPointer.compile(pointer.asString())),
        success.path("equals"));
  }

  boolean acceptsStatus(int status) {
    return statuses.stream().anyMatch(range -> range.first <= status && status <= range.last);
  }

  /**
   * @param body the response's JSON; a missing node when it is not JSON
   */
  boolean acceptsBody(JsonNode body) {
    return pointer.map(at -> body.at(at).equals(expected)).orElse(true);
  }

  static JsonNode missingJson() {
    return MissingNode.getInstance();
  }
}
