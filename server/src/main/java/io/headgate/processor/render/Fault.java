package io.headgate.processor.render;

import java.util.Locale;
import java.util.Optional;

/**
 * The error codes of items that the render processor itself defines. Items also fail with the codes
 * of outbound requests and of the browser, and with {@code http-404} and the like when a page or a
 * font responds with an error status.
 */
public enum Fault {
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
  public static Optional<Fault> of(String code) {
    for (Fault fault : values()) {
      if (fault.code().equals(code)) {
        return Optional.of(fault);
      }
    }
    return Optional.empty();
  }
}
