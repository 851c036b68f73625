package io.headgate.processor.render;

import java.util.Locale;
import java.util.Optional;

/**
 * Why this processor itself makes no picture of an item. Beside them an item fails with the codes
 * of {@code outbound.Trouble} and {@code browser.BrowserTrouble}, and with {@code http-404} and the
 * like of pages and fonts that were not there.
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

  /** As an item's error has it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The one that has this code; empty for a code of another room. */
  public static Optional<Fault> of(String code) {
    for (Fault fault : values()) {
      if (fault.code().equals(code)) {
        return Optional.of(fault);
      }
    }
    return Optional.empty();
  }
}
