package io.headgate.processor.render;

import io.headgate.browser.BrowserException;
import io.headgate.processor.Outcome;
import java.util.Optional;

/** A sheet could not be rendered. The message becomes the error message of the item. */
final class Unrenderable extends Exception {

  private static final long serialVersionUID = 1L;

  private final String code;
  private final boolean passing;
  private final boolean begun;

  private Unrenderable(String code, String message, boolean passing, boolean begun) {
    super(message);
    this.code = code;
    this.passing = passing;
    this.begun = begun;
  }

  static Unrenderable lasting(Fault fault, String message) {
    return new Unrenderable(fault.code(), message, false, true);
  }

  static Unrenderable passing(Fault fault, String message) {
    return new Unrenderable(fault.code(), message, true, true);
  }

  /** With the code of a failed outbound request. */
  static Unrenderable of(String code, String message, boolean passing) {
    return new Unrenderable(code, message, passing, true);
  }

  static Unrenderable of(BrowserException trouble) {
    return new Unrenderable(trouble.code(), trouble.message(), trouble.retryable(), trouble.started());
  }

  String sentence() {
    return String.valueOf(getMessage());
  }

  Outcome outcome() {
    return begun
        ? new Outcome.Failed(code, sentence(), passing, Optional.empty())
        : new Outcome.Unbegun(code, sentence());
  }
}
