package io.headgate.processor.render;

import io.headgate.browser.BrowserException;
import io.headgate.processor.Outcome;
import java.util.Optional;

/** A sheet could not be rendered. The message becomes the error message of the item. */
final class RenderException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String code;
  private final boolean retryable;
  private final boolean started;

  private RenderException(String code, String message, boolean retryable, boolean started) {
    super(message);
    this.code = code;
    this.retryable = retryable;
    this.started = started;
  }

  static RenderException permanent(RenderErrorCode errorCode, String message) {
    return new RenderException(errorCode.code(), message, false, true);
  }

  static RenderException retryable(RenderErrorCode errorCode, String message) {
    return new RenderException(errorCode.code(), message, true, true);
  }

  /** With the code of a failed outbound request. */
  static RenderException of(String code, String message, boolean retryable) {
    return new RenderException(code, message, retryable, true);
  }

  static RenderException of(BrowserException exception) {
    return new RenderException(
        exception.code(), exception.message(), exception.retryable(), exception.started());
  }

  String text() {
    return String.valueOf(getMessage());
  }

  Outcome outcome() {
    return started
        ? new Outcome.Failed(code, text(), retryable, Optional.empty())
        : new Outcome.ResourceBusy(code, text());
  }
}
