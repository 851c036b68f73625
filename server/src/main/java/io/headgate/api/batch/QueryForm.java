package io.headgate.api.batch;

import io.headgate.http.Json;
import io.headgate.http.Query;
import io.headgate.refusal.Refusals;
import java.math.BigDecimal;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * The fields of a submit as query parameters, for requests whose body holds only items. Each field
 * is a parameter of the same name; the members of {@code limits} are parameters of their own
 * ({@code concurrency=50}). {@code metadata} and {@code options} are either one JSON object or one
 * parameter per member: {@code metadata.team=a} is always a string; {@code options.depth=2} is JSON
 * if it parses as JSON, otherwise a string.
 */
final class QueryForm {

  private static final String[] TEXTS = {"processor", "name", "start_at", "expires_at"};
  private static final String[] NUMBERS = {"priority", "retain_seconds"};
  private static final String[] LIMITS = {
    "concurrency", "timeout_seconds", "max_attempts", "backoff_seconds", "max_backoff_seconds"
  };

  private QueryForm() {}

  static ObjectNode read(Query query) {
    query.requireOnly(
        "processor",
        "name",
        "start_at",
        "expires_at",
        "priority",
        "retain_seconds",
        "concurrency",
        "timeout_seconds",
        "max_attempts",
        "backoff_seconds",
        "max_backoff_seconds",
        "metadata",
        "metadata.",
        "options",
        "options.",
        "on_bad_line");
    ObjectNode order = JsonNodeFactory.instance.objectNode();
    for (String name : TEXTS) {
      query.text(name).ifPresent(text -> order.put(name, text));
    }
    for (String name : NUMBERS) {
      query.text(name).ifPresent(text -> order.set(name, number(name, text)));
    }
    for (String name : LIMITS) {
      query
          .text(name)
          .ifPresent(text -> order.withObjectProperty("limits").set(name, number(name, text)));
    }
    object(query, "metadata", StringNode::valueOf, order);
    object(query, "options", QueryForm::jsonOrText, order);
    return order;
  }

  private static JsonNode number(String name, String text) {
    JsonNode value = jsonOrText(text);
    if (!value.isNumber()) {
      throw Refusals.parameter(name, "must be a number");
    }
    BigDecimal exact = value.decimalValue();
    return exact.scale() <= 0 && exact.precision() - exact.scale() <= 18
        ? JsonNodeFactory.instance.numberNode(exact.longValue())
        : value;
  }

  private static void object(
      Query query, String name, Function<String, JsonNode> member, ObjectNode order) {
    Map<String, String> members = query.withPrefix(name + ".");
    query
        .text(name)
        .ifPresent(text -> {
          JsonNode whole = jsonOrText(text);
          if (!whole.isObject() || !members.isEmpty()) {
            throw Refusals.parameter(
                name, "must be a JSON object, or one parameter per member, not both");
          }
          order.set(name, whole);
        });
    members.forEach((key, text) -> order.withObjectProperty(name).set(key, member.apply(text)));
  }

  private static JsonNode jsonOrText(String text) {
    try {
      JsonNode node = Json.mapper().readTree(text);
      return node == null || node.isMissingNode() ? StringNode.valueOf(text) : node;
    } catch (JacksonException e) {
      return StringNode.valueOf(text);
    }
  }
}
