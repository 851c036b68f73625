package io.headgate.template.expression;

/**
 * An expression that cannot be read or has no value. The message is a sentence without a full stop
 * for whoever wrote it. The room's doors turn it into a value; it never leaves the room.
 */
public final class ExpressionException extends RuntimeException {

  public ExpressionException(String message) {
    super(message, null, false, false);
  }
}
