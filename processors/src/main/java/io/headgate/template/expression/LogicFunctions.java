package io.headgate.template.expression;

import io.headgate.template.expression.VariableReference.VariableUse;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Tests, choices and JSON functions, and the operators under their usual Handlebars names. */
final class LogicFunctions {

  private static final int MAX_JSON_DEPTH = 64;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_JSON_DEPTH).build())
                  .build())
          .build();

  private LogicFunctions() {}

  static List<TemplateFunction> all() {
    return List.of(
        question("isEmpty", LogicFunctions::empty),
        question("isNotEmpty", value -> !empty(value)),
        question("isDefined", value -> !JsonValues.isAbsent(value)),
        question("isArray", JsonNode::isArray),
        question("isString", JsonNode::isString),
        question("isNumber", JsonNode::isNumber),
        new TemplateFunction("default", 2, 2, VariableUse.OTHER, LogicFunctions::defaultValue)
            .acceptingMissing(),
        new TemplateFunction(
                "coalesce", 1, TemplateFunction.ANY, VariableUse.OTHER, LogicFunctions::coalesce)
            .acceptingMissing(),
        new TemplateFunction("json", 1, 1, VariableUse.OTHER, LogicFunctions::json),
        new TemplateFunction("parseJson", 1, 1, VariableUse.OTHER, LogicFunctions::parseJson),
        new TemplateFunction("eq", 2, 2, VariableUse.OTHER, call -> JsonValues.truth(equal(call)))
            .acceptingMissing(),
        new TemplateFunction("ne", 2, 2, VariableUse.OTHER, call -> JsonValues.truth(!equal(call)))
            .acceptingMissing(),
        compare("lt", Operator.LESS, order -> order < 0),
        compare("lte", Operator.AT_MOST, order -> order <= 0),
        compare("gt", Operator.MORE, order -> order > 0),
        compare("gte", Operator.AT_LEAST, order -> order >= 0),
        new TemplateFunction(
                "and", 1, TemplateFunction.ANY, VariableUse.TRUTH, call -> every(call, true))
            .acceptingMissing(),
        new TemplateFunction(
                "or", 1, TemplateFunction.ANY, VariableUse.TRUTH, call -> every(call, false))
            .acceptingMissing(),
        question("not", value -> !JsonValues.truth(value)));
  }

  /** The functions that only request texts have, or that mean something else there. */
  static List<TemplateFunction> ofTexts() {
    return List.of(
        new TemplateFunction(
            "json", 1, 1, VariableUse.OTHER, call -> JsonValues.text(plainJson(call))),
        new TemplateFunction("lookup", 2, 2, VariableUse.OTHER, LogicFunctions::lookup)
            .acceptingMissing());
  }

  private static JsonNode lookup(CallArguments call) {
    return Evaluation.member(call.value(0), call.value(1));
  }

  private static TemplateFunction question(String name, Predicate<JsonNode> answer) {
    VariableUse use = name.equals("isArray") ? VariableUse.LIST : VariableUse.OTHER;
    return new TemplateFunction(
            name, 1, 1, use, call -> JsonValues.truth(answer.test(call.value(0))))
        .acceptingMissing();
  }

  private static TemplateFunction compare(String name, Operator operator, IntPredicate wanted) {
    return new TemplateFunction(
        name,
        2,
        2,
        VariableUse.OTHER,
        call ->
            JsonValues.truth(
                wanted.test(Evaluation.order(operator, call.value(0), call.value(1)))));
  }

  private static boolean equal(CallArguments call) {
    return JsonValues.equal(call.value(0), call.value(1));
  }

  private static JsonNode every(CallArguments call, boolean wanted) {
    boolean all = call.all().stream().allMatch(value -> JsonValues.truth(value) == wanted);
    return JsonValues.truth(all == wanted);
  }

  private static boolean empty(JsonNode value) {
    return JsonValues.isAbsent(value)
        || (value.isString() && value.stringValue().isEmpty())
        || (value.isContainer() && value.isEmpty());
  }

  private static JsonNode defaultValue(CallArguments call) {
    return empty(call.value(0)) ? call.value(1) : call.value(0);
  }

  private static JsonNode coalesce(CallArguments call) {
    return call.all().stream()
        .filter(value -> !JsonValues.isAbsent(value))
        .findFirst()
        .orElse(MissingNode.getInstance());
  }

  /** JSON without characters that could end a script element or a comment. */
  private static JsonNode json(CallArguments call) {
    return JsonValues.text(
        plainJson(call)
            .replace("<", "\\u003c")
            .replace(">", "\\u003e")
            .replace("&", "\\u0026")
            .replace("\u2028", "\\u2028")
            .replace("\u2029", "\\u2029"));
  }

  private static String plainJson(CallArguments call) {
    return call.given(0) ? call.value(0).toString() : "null";
  }

  private static JsonNode parseJson(CallArguments call) {
    try {
      JsonNode parsed = MAPPER.readTree(call.text(0));
      return parsed == null ? MissingNode.getInstance() : parsed;
    } catch (JacksonException e) {
      throw call.error(0, "JSON");
    }
  }
}
