package io.headgate.template.expression;

import tools.jackson.databind.JsonNode;

/** The values of the names in an expression. A name without a value gives a missing node. */
public interface ExpressionScope {

  /** A bare name: a block parameter, else a member of the current value. */
  JsonNode name(String name);

  /** The current value, or the one {@code up} blocks further out. */
  JsonNode self(int up);

  /**
   * A member that the value {@code up} blocks further out does not have; missing where names are
   * not looked up further out.
   */
  JsonNode inherited(int up, String name);

  /** {@code @index}, {@code @key}, {@code @first}, {@code @last}, {@code @root}. */
  JsonNode data(String name);

  /** True where a missing value is a mistake instead of empty text. */
  boolean strict();

  /** Counts one step of an evaluation; throws when a limit ends the render. */
  void step();
}
