package io.headgate.extract;

import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Extracts by the explicit rules of the schema and by the structured data of the page. */
final class RuleExtractor implements Extractor {

  @Override
  public ExtractionResult extract(
      ExtractionSource source, ExtractionSchema schema, TimeBudget budget)
      throws InterruptedException {
    ExtractedValue extracted =
        new ValueSearch(budget).buildRoot(schema.root(), SearchScope.of(source, budget));
    if (!extracted.missing().isEmpty()) {
      return new ExtractionResult.MissingProperties(
          extracted.missing().stream().limit(20).toList());
    }
    Optional<String> violation =
        schema.validator().firstViolation(withoutMissing(extracted.value(), schema.root()));
    return violation.isPresent()
        ? new ExtractionResult.InvalidValue(violation.get())
        : new ExtractionResult.ValidValue(extracted.value());
  }

  /** Removes the nulls of missing optional values, because the schema need not allow null there. */
  private static JsonNode withoutMissing(JsonNode value, SchemaNode schema) {
    return switch (schema) {
      case SchemaNode.ScalarSchema _ -> value;
      case SchemaNode.ArraySchema arraySchema when value.isArray() ->
          value
              .valueStream()
              .map(item -> withoutMissing(item, arraySchema.items()))
              .collect(
                  JsonNodeFactory.instance::arrayNode,
                  (all, item) -> all.add(item),
                  (all, more) -> all.addAll(more));
      case SchemaNode.ArraySchema _ -> value;
      case SchemaNode.ObjectSchema objectSchema when value.isObject() ->
          withoutMissingIn(value, objectSchema);
      case SchemaNode.ObjectSchema _ -> value;
    };
  }

  private static JsonNode withoutMissingIn(JsonNode value, SchemaNode.ObjectSchema objectSchema) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, SchemaNode> property : objectSchema.properties().entrySet()) {
      JsonNode inner = value.path(property.getKey());
      if (!inner.isNull() || property.getValue().nullable()) {
        result.set(property.getKey(), withoutMissing(inner, property.getValue()));
      }
    }
    return result;
  }
}
