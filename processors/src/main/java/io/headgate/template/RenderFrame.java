package io.headgate.template;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;

/**
 * The meaning of names at one node of a render.
 *
 * @param value the current one
 * @param names block parameters
 * @param turn which entry of a list it is; null outside of a list
 * @param inherits true when a name that the current value does not have is looked up further out
 */
record RenderFrame(
    @Nullable RenderFrame outer,
    JsonNode value,
    Map<String, JsonNode> names,
    @Nullable LoopPosition turn,
    boolean inherits) {

  /**
   * @param key of an object's member; null in a list
   */
  record LoopPosition(int index, int size, @Nullable String key) {}

  static RenderFrame root(JsonNode variables, boolean inherits) {
    return new RenderFrame(null, variables, Map.of(), null, inherits);
  }

  static RenderFrame with(RenderFrame outer, JsonNode value, List<String> names) {
    Map<String, JsonNode> named = names.isEmpty() ? Map.of() : Map.of(names.getFirst(), value);
    return new RenderFrame(outer, value, named, null, outer.inherits);
  }

  static RenderFrame each(
      RenderFrame outer, JsonNode value, LoopPosition turn, List<String> names) {
    Map<String, JsonNode> named = new HashMap<>();
    if (!names.isEmpty()) {
      named.put(names.getFirst(), value);
    }
    if (names.size() > 1) {
      named.put(names.get(1), turn.key() == null ? number(turn.index()) : text(turn.key()));
    }
    return new RenderFrame(outer, value, named, turn, outer.inherits);
  }

  JsonNode name(String name) {
    for (RenderFrame frame = this; frame != null; frame = frame.outer) {
      JsonNode found = frame.names.get(name);
      if (found != null) {
        return found;
      }
    }
    JsonNode own = value.path(name);
    return own.isMissingNode() ? inherited(name) : own;
  }

  /** The member of the nearest value further out that has it, where names are inherited. */
  JsonNode inherited(String name) {
    JsonNode found = MissingNode.getInstance();
    for (RenderFrame frame = outer;
        inherits && found.isMissingNode() && frame != null;
        frame = frame.outer) {
      found = frame.value.path(name);
    }
    return found;
  }

  /** The frame {@code up} blocks further out; the outermost one when there are fewer. */
  RenderFrame up(int up) {
    RenderFrame frame = this;
    for (int i = 0; i < up && frame.outer != null; i++) {
      frame = frame.outer;
    }
    return frame;
  }

  /** {@code @index}, {@code @key}, {@code @first} or {@code @last} of the nearest list. */
  JsonNode data(String name) {
    RenderFrame frame = this;
    while (frame.turn == null && frame.outer != null) {
      frame = frame.outer;
    }
    return frame.turn == null ? MissingNode.getInstance() : data(name, frame.turn);
  }

  private static JsonNode data(String name, LoopPosition turn) {
    return switch (name) {
      case "index" -> number(turn.index());
      case "key" -> turn.key() == null ? number(turn.index()) : text(turn.key());
      case "first" -> JsonNodeFactory.instance.booleanNode(turn.index() == 0);
      case "last" -> JsonNodeFactory.instance.booleanNode(turn.index() == turn.size() - 1);
      default -> MissingNode.getInstance();
    };
  }

  private static JsonNode number(int number) {
    return JsonNodeFactory.instance.numberNode(number);
  }

  private static JsonNode text(String text) {
    return JsonNodeFactory.instance.stringNode(text);
  }
}
