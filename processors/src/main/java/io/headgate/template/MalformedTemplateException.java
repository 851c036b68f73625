package io.headgate.template;

/**
 * A source that is not a template. The message is a sentence without a full stop for the author.
 * The package turns the exception into a value before it returns to a caller.
 */
final class MalformedTemplateException extends RuntimeException {

  private final transient TemplatePosition position;

  MalformedTemplateException(TemplatePosition position, String message) {
    super("line " + position.line() + ": " + message, null, false, false);
    this.position = position;
  }

  /** For a source that is refused as a whole. */
  MalformedTemplateException(String message) {
    super(message, null, false, false);
    this.position = TemplatePosition.START;
  }

  TemplatePosition position() {
    return position;
  }
}
