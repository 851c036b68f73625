package io.headgate.template.expression;

import io.headgate.template.expression.Reference.Use;
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

  private static final int DEEPEST = 64;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .build();

  private LogicFunctions() {}

  static List<Function> all() {
    return List.of(
        question("isEmpty", LogicFunctions::empty),
        question("isNotEmpty", value -> !empty(value)),
        question("isDefined", value -> !Values.absent(value)),
        question("isArray", JsonNode::isArray),
        question("isString", JsonNode::isString),
        question("isNumber", JsonNode::isNumber),
        new Function("default", 2, 2, Use.OTHER, LogicFunctions::otherwise).acceptingMissing(),
        new Function("coalesce", 1, Function.ANY, Use.OTHER, LogicFunctions::coalesce)
            .acceptingMissing(),
        new Function("json", 1, 1, Use.OTHER, LogicFunctions::json),
        new Function("parseJson", 1, 1, Use.OTHER, LogicFunctions::parseJson),
        new Function("eq", 2, 2, Use.OTHER, call -> Values.truth(equal(call))).acceptingMissing(),
        new Function("ne", 2, 2, Use.OTHER, call -> Values.truth(!equal(call))).acceptingMissing(),
        compare("lt", Operator.LESS, order -> order < 0),
        compare("lte", Operator.AT_MOST, order -> order <= 0),
        compare("gt", Operator.MORE, order -> order > 0),
        compare("gte", Operator.AT_LEAST, order -> order >= 0),
        new Function("and", 1, Function.ANY, Use.TRUTH, call -> every(call, true))
            .acceptingMissing(),
        new Function("or", 1, Function.ANY, Use.TRUTH, call -> every(call, false))
            .acceptingMissing(),
        question("not", value -> !Values.truth(value)));
  }

  /** The functions that only request texts have, or that mean something else there. */
  static List<Function> ofTexts() {
    return List.of(
        new Function("json", 1, 1, Use.OTHER, call -> Values.text(plainJson(call))),
        new Function("lookup", 2, 2, Use.OTHER, LogicFunctions::lookup).acceptingMissing());
  }

  private static JsonNode lookup(Arguments call) {
    return Evaluation.member(call.value(0), call.value(1));
  }

  private static Function question(String name, Predicate<JsonNode> answer) {
    Use use = name.equals("isArray") ? Use.LIST : Use.OTHER;
    return new Function(name, 1, 1, use, call -> Values.truth(answer.test(call.value(0))))
        .acceptingMissing();
  }

  private static Function compare(String name, Operator operator, IntPredicate wanted) {
    return new Function(
        name,
        2,
        2,
        Use.OTHER,
        call ->
            Values.truth(wanted.test(Evaluation.order(operator, call.value(0), call.value(1)))));
  }

  private static boolean equal(Arguments call) {
    return Values.equal(call.value(0), call.value(1));
  }

  private static JsonNode every(Arguments call, boolean wanted) {
    boolean all = call.all().stream().allMatch(value -> Values.truth(value) == wanted);
    return Values.truth(all == wanted);
  }

  private static boolean empty(JsonNode value) {
    return Values.absent(value)
        || (value.isString() && value.stringValue().isEmpty())
        || (value.isContainer() && value.isEmpty());
  }

  private static JsonNode otherwise(Arguments call) {
    return empty(call.value(0)) ? call.value(1) : call.value(0);
  }

  private static JsonNode coalesce(Arguments call) {
    return call.all().stream()
        .filter(value -> !Values.absent(value))
        .findFirst()
        .orElse(MissingNode.getInstance());
  }

  /** JSON without characters that could end a script element or a comment. */
  private static JsonNode json(Arguments call) {
    return Values.text(
        plainJson(call)
            .replace("<", "\\u003c")
            .replace(">", "\\u003e")
            .replace("&", "\\u0026")
            .replace("\u2028", "\\u2028")
            .replace("\u2029", "\\u2029"));
  }

  private static String plainJson(Arguments call) {
    return call.given(0) ? call.value(0).toString() : "null";
  }

  private static JsonNode parseJson(Arguments call) {
    try {
      JsonNode parsed = MAPPER.readTree(call.text(0));
      return parsed == null ? MissingNode.getInstance() : parsed;
    } catch (JacksonException e) {
      throw call.refuse(0, "JSON");
    }
  }
}
