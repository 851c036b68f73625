package io.headgate.template.expression;

import io.headgate.template.expression.VariableReference.VariableUse;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;

/** Functions of lists, most of which accept texts too. A missing value counts as empty. */
final class ListFunctions {

  private ListFunctions() {}

  static List<TemplateFunction> all() {
    return List.of(
        new TemplateFunction(
            "length", 1, 1, VariableUse.OTHER, call -> JsonValues.number(length(call.value(0)))),
        new TemplateFunction("first", 1, 1, VariableUse.LIST, call -> at(call, 0)),
        new TemplateFunction(
            "last", 1, 1, VariableUse.LIST, call -> at(call, length(call.value(0)) - 1)),
        new TemplateFunction("join", 1, 2, VariableUse.LIST, ListFunctions::join),
        new TemplateFunction("slice", 2, 3, VariableUse.OTHER, ListFunctions::slice),
        new TemplateFunction(
            "contains", 2, 2, VariableUse.OTHER, call -> JsonValues.truth(indexOf(call) >= 0)),
        new TemplateFunction(
            "indexOf", 2, 2, VariableUse.OTHER, call -> JsonValues.number(indexOf(call))));
  }

  private static int length(JsonNode value) {
    return value.isContainer()
        ? value.size()
        : Math.toIntExact(JsonValues.display(value).codePoints().count());
  }

  private static JsonNode at(CallArguments call, int index) {
    if (call.list(0)) {
      return call.value(0).path(index);
    }
    String text = call.text(0);
    if (text.isEmpty()) {
      return MissingNode.getInstance();
    }
    int from = text.offsetByCodePoints(0, index);
    return JsonValues.text(Character.toString(text.codePointAt(from)));
  }

  private static JsonNode join(CallArguments call) {
    return call.list(0)
        ? JsonValues.text(JsonValues.joined(call.value(0), call.text(1, ", ")))
        : JsonValues.text(call.text(0));
  }

  /** The part between two positions; negative positions count from the end. */
  private static JsonNode slice(CallArguments call) {
    int length = length(call.list(0) ? call.value(0) : JsonValues.text(call.text(0)));
    int from = place(call, 1, length, 0);
    int to = Math.max(from, place(call, 2, length, length));
    if (!call.list(0)) {
      String text = call.text(0);
      return JsonValues.text(
          text.substring(text.offsetByCodePoints(0, from), text.offsetByCodePoints(0, to)));
    }
    ArrayNode part = JsonNodeFactory.instance.arrayNode();
    for (int i = from; i < to; i++) {
      part.add(call.value(0).path(i));
    }
    return part;
  }

  private static int place(CallArguments call, int argument, int length, int otherwise) {
    int place = call.whole(argument, -TemplateLimits.MAX_TEXT, TemplateLimits.MAX_TEXT, otherwise);
    return Math.clamp(place < 0 ? place + length : place, 0, length);
  }

  private static int indexOf(CallArguments call) {
    if (!call.list(0)) {
      int found = call.text(0).indexOf(call.text(1));
      return found < 0 ? found : call.text(0).codePointCount(0, found);
    }
    for (int i = 0; i < call.value(0).size(); i++) {
      if (JsonValues.equal(call.value(0).path(i), call.value(1))) {
        return i;
      }
    }
    return -1;
  }
}
