package io.headgate.template;

/**
 * HTML that is no template. The message is a sentence without a full stop for whoever wrote it; the
 * room's doors turn it into a value.
 */
final class Malformed extends RuntimeException {

  Malformed(int line, String message) {
    super("line " + line + ": " + message, null, false, false);
  }

  Malformed(String message) {
    super(message, null, false, false);
  }
}
