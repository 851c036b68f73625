package io.headgate.processor.render;

import java.util.Locale;
import java.util.Optional;

/**
 * The error codes of items that the render processor itself defines. Items also fail with the codes
 * of outbound requests and of the browser, and with {@code http-404} and the like when a page or a
 * font responds with an error status.
 */
public enum RenderErrorCode {
  MISSING_VARIABLE,
  INVALID_VARIABLE,
  EXPRESSION_ERROR,
  TEMPLATE_NOT_FOUND,
  UNKNOWN_LAYOUT,
  TOO_LARGE,
  INVALID_SELECTOR,
  ELEMENT_NOT_FOUND,
  EMPTY_ELEMENT,
  INVALID_FONT,
  NO_ANIMATION,
  UNSUPPORTED_CONTENT,
  NO_BROWSER,
  RENDER_FAILED;

  /** The code in an item's error, for instance {@code too-large}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The constant with this code; empty for a code that render does not define. */
  public static Optional<RenderErrorCode> of(String code) {
    for (RenderErrorCode candidate : values()) {
      if (candidate.code().equals(code)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }
}
