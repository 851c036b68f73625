package io.headgate.processor;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.headgate.batch.Violation;
import io.headgate.batch.ViolationKind;
import io.headgate.text.Suggestion;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A JSON Schema from a resource file, with violations reported as sentences. Clients read the same
 * schema that is checked. Immutable and safe for use by many threads.
 */
public final class JsonSchemaChecker {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private final JsonNode schema;
  private final Schema compiled;

  private JsonSchemaChecker(JsonNode schema) {
    this.schema = schema;
    this.compiled = REGISTRY.getSchema(schema);
  }

  /**
   * @param owner a class in the package of the resource
   * @throws IllegalStateException when there is no such resource
   */
  public static JsonSchemaChecker resource(Class<?> owner, String name) {
    try (InputStream in = owner.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + name + " beside " + owner);
      }
      return new JsonSchemaChecker(MAPPER.readTree(in));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The schema, draft 2020-12. */
  public JsonNode schema() {
    return schema;
  }

  /** The violations of {@code value}, sorted by field; empty when it is valid. */
  public List<Violation> violations(JsonNode value) {
    return compiled.validate(value).stream()
        .map(this::violation)
        .distinct()
        .sorted(Comparator.comparing(Violation::field))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private Violation violation(Error error) {
    String at = dotted(error);
    JsonNode rule = error.getSchemaNode();
    return switch (error.getKeyword()) {
      case "additionalProperties" ->
          new Violation(join(at, error.getProperty()), "is unknown" + suggestion(error));
      case "required" -> Violation.missing(join(at, error.getProperty()));
      case "type" -> new Violation(at, "must be " + alternatives(rule), ViolationKind.WRONG_TYPE);
      case "enum" -> new Violation(at, "must be one of " + list(rule, ", "));
      case "minimum" -> new Violation(at, "must be at least " + rule, ViolationKind.OUT_OF_RANGE);
      case "maximum" -> new Violation(at, "must be at most " + rule, ViolationKind.OUT_OF_RANGE);
      case "pattern" ->
          new Violation(at, "must be " + schemaAt(error).path("title").asString(rule.asString()));
      case "not" -> new Violation(at, rule.path("description").asString(error.getMessage()));
      case "maxLength" -> new Violation(at, error.getMessage(), ViolationKind.TOO_LONG);
      case "minItems", "maxItems", "minProperties", "maxProperties" ->
          new Violation(at, error.getMessage(), ViolationKind.OUT_OF_RANGE);
      default -> new Violation(at, error.getMessage());
    };
  }

  private static String dotted(Error error) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < error.getInstanceLocation().getNameCount(); i++) {
      Object step = error.getInstanceLocation().getElement(i);
      path.append(path.isEmpty() ? "" : ".").append(step);
    }
    return path.toString();
  }

  private static String join(String at, String property) {
    return at.isEmpty() ? property : at + "." + property;
  }

  private static String alternatives(JsonNode types) {
    return types.isArray() ? list(types, " or ") : article(types.asString());
  }

  private static String list(JsonNode values, String between) {
    return values.valueStream().map(JsonNode::asString).collect(Collectors.joining(between));
  }

  private static String article(String type) {
    return switch (type) {
      case "array", "object", "integer" -> "an " + type;
      case "boolean" -> "true or false";
      default -> "a " + type;
    };
  }

  /** Suggests the known property that is most similar to an unknown one. */
  private String suggestion(Error error) {
    return Suggestion.question(
        error.getProperty(), schemaAt(error).path("properties").propertyNames());
  }

  /** The part of the schema that describes the location of the error. */
  private JsonNode schemaAt(Error error) {
    JsonNode form = schema;
    for (int i = 0; i < error.getInstanceLocation().getNameCount(); i++) {
      Object step = error.getInstanceLocation().getElement(i);
      JsonNode named = form.path("properties").path(step.toString());
      String others = form.has("items") ? "items" : "additionalProperties";
      form = named.isMissingNode() ? form.path(others) : named;
    }
    return form;
  }
}
