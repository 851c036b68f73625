package io.headgate.template.expression;

import java.util.List;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Evaluates terms in a scope. It reads JSON only and never a Java member. */
record Evaluation(ExpressionScope scope) {

  JsonNode of(Term term) {
    scope.step();
    return switch (term) {
      case Term.Literal(JsonNode value) -> value;
      case Term.Name(String name) -> scope.name(name);
      case Term.Self(int up) -> scope.self(up);
      case Term.Data(String name) -> scope.data(name);
      case Term.Member member -> member(member);
      case Term.Unary(Operator operator, Term operand) -> unary(operator, of(operand));
      case Term.Binary binary -> binary(binary);
      case Term.Choice(Term condition, Term yes, Term no) ->
          of(JsonValues.truth(of(condition)) ? yes : no);
      case Term.Call(TemplateFunction function, var arguments) -> call(function, arguments);
    };
  }

  private JsonNode call(TemplateFunction function, List<Term> arguments) {
    List<JsonNode> values = arguments.stream().map(this::of).toList();
    boolean missing = values.stream().anyMatch(JsonNode::isMissingNode);
    if (missing && scope.strict() && !function.acceptsMissing()) {
      throw new ExpressionException(function.name() + " got an argument that has no value");
    }
    return function.apply(values);
  }

  private JsonNode member(Term.Member member) {
    JsonNode key = of(member.key());
    JsonNode found = member(of(member.of()), key);
    boolean outer = member.of() instanceof Term.Self(int up) && up > 0;
    return outer && found.isMissingNode()
        ? scope.inherited(((Term.Self) member.of()).up(), JsonValues.display(key))
        : found;
  }

  /** A member that does not exist is missing, and so are all members of a missing value. */
  static JsonNode member(JsonNode of, JsonNode key) {
    String name = JsonValues.display(key);
    if (of.isObject()) {
      return of.path(name);
    }
    if (name.equals("length") && (of.isArray() || of.isString())) {
      return JsonValues.number(of.isArray() ? of.size() : of.stringValue().length());
    }
    return of.isArray() ? of.path(index(name)) : MissingNode.getInstance();
  }

  private static int index(String name) {
    boolean digits = !name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits && name.length() < 10 ? Integer.parseInt(name) : -1;
  }

  private static JsonNode unary(Operator operator, JsonNode operand) {
    return operator == Operator.NOT
        ? JsonValues.truth(!JsonValues.truth(operand))
        : JsonValues.number(-number(operator, operand));
  }

  private JsonNode binary(Term.Binary binary) {
    JsonNode left = of(binary.left());
    return switch (binary.operator()) {
      case AND -> JsonValues.truth(left) ? of(binary.right()) : left;
      case OR -> JsonValues.truth(left) ? left : of(binary.right());
      case EQUAL -> JsonValues.truth(JsonValues.equal(left, of(binary.right())));
      case NOT_EQUAL -> JsonValues.truth(!JsonValues.equal(left, of(binary.right())));
      case SAME -> JsonValues.truth(JsonValues.same(left, of(binary.right())));
      case NOT_SAME -> JsonValues.truth(!JsonValues.same(left, of(binary.right())));
      case LESS, AT_MOST, MORE, AT_LEAST ->
          JsonValues.truth(compare(binary.operator(), left, of(binary.right())));
      case PLUS -> plus(left, of(binary.right()));
      case MINUS, TIMES, DIVIDE, REMAINDER, NOT, NEGATE ->
          calculate(binary.operator(), left, of(binary.right()));
    };
  }

  private static boolean compare(Operator operator, JsonNode left, JsonNode right) {
    int order = order(operator, left, right);
    return switch (operator) {
      case LESS -> order < 0;
      case AT_MOST -> order <= 0;
      case MORE -> order > 0;
      case AT_LEAST -> order >= 0;
      default -> throw new IllegalArgumentException(operator + " compares nothing");
    };
  }

  static int order(Operator operator, JsonNode left, JsonNode right) {
    OptionalDouble one = JsonValues.numeric(left);
    OptionalDouble other = JsonValues.numeric(right);
    if (one.isPresent() && other.isPresent()) {
      return Double.compare(one.getAsDouble() + 0.0, other.getAsDouble() + 0.0);
    }
    if (left.isString() && right.isString()) {
      return left.stringValue().compareTo(right.stringValue());
    }
    throw new ExpressionException(
        operator.sign()
            + " cannot compare "
            + JsonValues.describe(left)
            + " with "
            + JsonValues.describe(right));
  }

  private JsonNode plus(JsonNode left, JsonNode right) {
    if (scope.strict() && (left.isMissingNode() || right.isMissingNode())) {
      throw new ExpressionException("+ got an operand that has no value");
    }
    if (left.isString() || right.isString()) {
      return JsonValues.text(JsonValues.display(left) + JsonValues.display(right));
    }
    return JsonValues.number(number(Operator.PLUS, left) + number(Operator.PLUS, right));
  }

  private static JsonNode calculate(Operator operator, JsonNode left, JsonNode right) {
    double one = number(operator, left);
    double other = number(operator, right);
    if (other == 0 && (operator == Operator.DIVIDE || operator == Operator.REMAINDER)) {
      throw new ExpressionException("it divides by zero");
    }
    return JsonValues.number(
        switch (operator) {
          case MINUS -> one - other;
          case TIMES -> one * other;
          case DIVIDE -> one / other;
          case REMAINDER -> one % other;
          default -> throw new IllegalArgumentException(operator + " calculates nothing");
        });
  }

  private static double number(Operator operator, JsonNode value) {
    return JsonValues.numeric(value)
        .orElseThrow(() ->
            new ExpressionException(
                operator.sign() + " needs numbers and got " + JsonValues.describe(value)));
  }
}
