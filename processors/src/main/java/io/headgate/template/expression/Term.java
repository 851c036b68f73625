package io.headgate.template.expression;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** A parsed expression. */
sealed interface Term {

  record Literal(JsonNode value) implements Term {}

  /** A bare name. */
  record Name(String name) implements Term {}

  /** {@code this}, {@code ..}, {@code ../..}. */
  record Self(int up) implements Term {}

  /** {@code @index} and its like. */
  record Data(String name) implements Term {}

  record Member(Term of, Term key) implements Term {}

  record Unary(Operator operator, Term operand) implements Term {}

  record Binary(Operator operator, Term left, Term right) implements Term {}

  record Choice(Term condition, Term yes, Term no) implements Term {}

  record Call(TemplateFunction function, List<Term> arguments) implements Term {}
}
