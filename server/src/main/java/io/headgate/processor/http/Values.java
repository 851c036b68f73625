package io.headgate.processor.http;

import com.github.jknack.handlebars.Context;
import com.github.jknack.handlebars.context.MapValueResolver;
import io.headgate.processor.Input;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What placeholders of one item stand for: input, ref, ordinal and batch_id. */
record Values(ObjectNode all) {

  static Values of(Input input) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    all.set("input", input.input());
    all.put("ref", input.ref() == null ? "" : input.ref());
    all.put("ordinal", input.ordinal());
    all.put("batch_id", input.batchId().toString());
    return new Values(all);
  }

  /** The value at a dotted path such as {@code input.tags.0}. */
  Optional<JsonNode> at(String path) {
    JsonNode node = all;
    for (String step : path.split("\\.", -1)) {
      boolean index = node.isArray() && step.matches("[0-9]{1,9}");
      node = index ? node.path(Integer.parseInt(step)) : node.path(step);
    }
    return node.isMissingNode() ? Optional.empty() : Optional.of(node);
  }

  /** Only maps are looked into: no template reaches a method of a Java object. */
  Context context() {
    return Context.newBuilder(plain(all)).resolver(MapValueResolver.INSTANCE).build();
  }

  private static Object plain(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> {
        Map<String, Object> map = new LinkedHashMap<>();
        node.forEachEntry((name, value) -> map.put(name, plain(value)));
        yield map;
      }
      case ARRAY -> {
        List<Object> list = new ArrayList<>();
        node.forEach(value -> list.add(plain(value)));
        yield list;
      }
      case BOOLEAN -> node.booleanValue();
      case NUMBER ->
          node.canConvertToLong() && node.isIntegralNumber() ? node.longValue() : node.asString();
      case NULL, MISSING -> "";
      case STRING, BINARY, POJO -> node.asString();
    };
  }
}
