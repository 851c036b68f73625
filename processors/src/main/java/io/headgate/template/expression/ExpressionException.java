package io.headgate.template.expression;

/**
 * Thrown for an expression that cannot be parsed or has no value. The message is a sentence without
 * a full stop for the author. The template package catches it and returns a value instead.
 */
public final class ExpressionException extends RuntimeException {

  public ExpressionException(String message) {
    super(message, null, false, false);
  }
}
