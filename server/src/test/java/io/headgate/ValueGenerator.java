package io.headgate;

import io.headgate.api.Description;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Generates values for a schema: most are valid, some are not. */
final class ValueGenerator {

  private static final JsonMapper JSON = new JsonMapper();

  private static final List<String> INVALID_JSON =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "1.5",
          "1e400",
          "-1e-400",
          "99999999999999999999999999",
          "\"\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"x\"",
          "[]",
          "[null]",
          "{}",
          "{\"a\":null}",
          "{\"a\":1,\"a\":2}",
          "{\"\\u0000\":1}",
          "{",
          "[",
          "\"",
          "NaN",
          "",
          " ",
          "[".repeat(2_000),
          "{\"a\":".repeat(70) + "1" + "}".repeat(70));

  private static final List<String> UNUSUAL_TEXT =
      List.of(
          "",
          " ",
          "0",
          "-1",
          "1",
          "true",
          "null",
          "\u0000",
          "a\u0000b",
          "\ud83d\ude00",
          "\u202e",
          "é",
          "../../etc/passwd",
          "' or 1=1 --",
          "%s%n",
          "<script>",
          "\r\nX: y",
          "a,b",
          "{}",
          "1e9",
          "NaN",
          "99999999999999999999",
          "x".repeat(300),
          "2026-11-21T10:00:00Z",
          "0199aaaa-0000-7000-8000-000000000000");

  private final Description description;
  private final Random random;

  ValueGenerator(Description description, Random random) {
    this.description = description;
    this.random = random;
  }

  String anyText() {
    return pick(UNUSUAL_TEXT);
  }

  /** Returns a value for a path, a query or a header. */
  String text(JsonNode schema) {
    if (random.nextInt(3) == 0) {
      return anyText();
    }
    String generated = valid(description.resolved(schema));
    return generated.startsWith("\"") ? JSON.readTree(generated).stringValue() : generated;
  }

  /** Returns JSON for the schema; about one in five is invalid. */
  String json(JsonNode schema) {
    return random.nextInt(8) == 0 ? pick(INVALID_JSON) : valid(description.resolved(schema));
  }

  private String valid(JsonNode schema) {
    if (schema.has("const")) {
      return schema.path("const").toString();
    }
    if (schema.has("enum")) {
      return schema.path("enum").get(random.nextInt(schema.path("enum").size())).toString();
    }
    if (schema.has("oneOf")) {
      JsonNode alternative = schema.path("oneOf").get(random.nextInt(schema.path("oneOf").size()));
      return valid(description.resolved(alternative));
    }
    return switch (type(schema)) {
      case "object" -> object(schema);
      case "array" -> array(schema);
      case "integer" -> Long.toString(number(schema));
      case "number" -> number(schema) + (random.nextBoolean() ? "" : ".5");
      case "boolean" -> Boolean.toString(random.nextBoolean());
      case "null" -> "null";
      case "string" -> string(schema);
      default -> pick(List.of("{\"url\":\"u\"}", "\"u\"", "1", "null", "[1]"));
    };
  }

  private String type(JsonNode schema) {
    JsonNode type = schema.path("type");
    return type.isArray()
        ? type.get(random.nextInt(type.size())).asString()
        : type.asString("anything");
  }

  private String object(JsonNode schema) {
    List<String> members = new ArrayList<>();
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      boolean required =
          schema
              .path("required")
              .valueStream()
              .anyMatch(name -> name.asString().equals(property.getKey()));
      if (required ? random.nextInt(12) > 0 : random.nextInt(3) == 0) {
        members.add("\"" + property.getKey() + "\":" + member(property));
      }
    }
    if (random.nextInt(20) == 0) {
      members.add("\"surprise\":" + pick(INVALID_JSON));
    }
    return "{" + String.join(",", members) + "}";
  }

  /** Limits some members by name: requests must be short and must not reach other machines. */
  private String member(Map.Entry<String, JsonNode> property) {
    return switch (property.getKey()) {
      case "processor" -> pick(List.of("\"worker\"", "\"worker\"", "\"none\"", "1", "null"));
      case "wait_seconds" -> pick(List.of("0", "0.01", "-1", "31", "1e300", "null", "\"1\""));
      default -> json(property.getValue());
    };
  }

  private String array(JsonNode schema) {
    List<String> items = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      items.add(json(schema.path("items")));
    }
    return "[" + String.join(",", items) + "]";
  }

  private long number(JsonNode schema) {
    long low = schema.path("minimum").asLong(-10);
    long high = schema.path("maximum").asLong(low + 1_000);
    return switch (random.nextInt(8)) {
      case 0 -> low;
      case 1 -> high;
      case 2 -> low - 1;
      case 3 -> high + 1;
      default -> low + random.nextLong(Math.min(high - low, 1_000) + 1);
    };
  }

  private String string(JsonNode schema) {
    if (schema.path("format").asString("").equals("date-time")) {
      return pick(
          List.of(
              "\"2026-11-21T10:00:00Z\"",
              "\"2099-01-01T00:00:00.123+02:00\"",
              "\"2026-02-30T10:00:00Z\"",
              "\"+999999999-12-31T23:59:59Z\""));
    }
    if (schema.has("pattern")) {
      return "\"0199aaaa-0000-7000-8000-00000000000" + random.nextInt(10) + "\"";
    }
    return JSON.writeValueAsString(
        random.nextInt(3) == 0 ? pick(UNUSUAL_TEXT) : "text" + random.nextInt(5));
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
