package io.headgate.extract;

import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Extracts by the explicit rules of the schema and by the structured data of the page. */
final class RuleExtractor implements Extractor {

  @Override
  public Extracted extract(Material material, ExtractionSchema schema, Effort effort)
      throws InterruptedException {
    Built built = new Search(effort).outermost(schema.shape(), Scope.of(material, effort));
    if (!built.missing().isEmpty()) {
      return new Extracted.Missing(built.missing().stream().limit(20).toList());
    }
    Optional<String> objection = schema.law().objection(present(built.value(), schema.shape()));
    return objection.isPresent()
        ? new Extracted.Unfit(objection.get())
        : new Extracted.Found(built.value());
  }

  /** Removes the nulls of missing optional values, because the schema need not allow null there. */
  private static JsonNode present(JsonNode value, Shape shape) {
    return switch (shape) {
      case Shape.Scalar _ -> value;
      case Shape.Series series when value.isArray() ->
          value
              .valueStream()
              .map(item -> present(item, series.items()))
              .collect(
                  JsonNodeFactory.instance::arrayNode,
                  (all, item) -> all.add(item),
                  (all, more) -> all.addAll(more));
      case Shape.Series _ -> value;
      case Shape.Group group when value.isObject() -> presentIn(value, group);
      case Shape.Group _ -> value;
    };
  }

  private static JsonNode presentIn(JsonNode value, Shape.Group group) {
    ObjectNode present = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, Shape> property : group.properties().entrySet()) {
      JsonNode inner = value.path(property.getKey());
      if (!inner.isNull() || property.getValue().nullable()) {
        present.set(property.getKey(), present(inner, property.getValue()));
      }
    }
    return present;
  }
}
