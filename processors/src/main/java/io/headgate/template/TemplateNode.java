package io.headgate.template;

import io.headgate.template.expression.Expression;
import java.util.List;

/** A part of a compiled template, in the order in which the parts are written. */
sealed interface TemplateNode {

  record Text(String text) implements TemplateNode {}

  /**
   * A value to write.
   *
   * @param place what decides the escaping; {@link ValuePlace#TEXT} in texts, which escape all
   *     their values alike
   * @param raw not escaped
   */
  record Value(Expression expression, TemplatePosition position, ValuePlace place, boolean raw)
      implements TemplateNode {}

  /**
   * A block helper or a section.
   *
   * @param names the block parameters
   * @param body written for each entry, or once when the block's condition holds
   * @param otherwise written when there is no entry or the condition does not hold
   */
  record Block(
      BlockKind kind,
      Expression expression,
      TemplatePosition position,
      List<String> names,
      List<TemplateNode> body,
      List<TemplateNode> otherwise)
      implements TemplateNode {}
}
