package io.headgate.template;

import io.headgate.template.expression.Expression;
import java.util.List;

/** What a number in the compiled template stands for. */
sealed interface Part {

  /**
   * A value to show.
   *
   * @param raw as it is, not escaped
   */
  record Value(Expression expression, int line, Place place, boolean raw) implements Part {}

  /** What a block decides by, and the names it gives to what it goes through. */
  record Block(Expression expression, int line, List<String> names) implements Part {}

  record Literal(String text) implements Part {}
}
