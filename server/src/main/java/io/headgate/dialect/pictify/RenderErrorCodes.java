package io.headgate.dialect.pictify;

import io.headgate.outbound.OutboundError;
import io.headgate.processor.render.RenderErrorCode;

/**
 * The vendor's codes for failed renders. {@code IMAGE_FETCH_FAILED} is never used: an image that
 * does not load leaves a gap on the page, as in any browser.
 */
final class RenderErrorCodes {

  private static final String RENDER_FAILED = "RENDER_FAILED";

  private RenderErrorCodes() {}

  /**
   * Returns the vendor's code.
   *
   * @param code the code of the item's error; it need not be one of {@link RenderErrorCode}: the
   *     browser, the page and the node have codes of their own
   */
  static String of(String code) {
    return RenderErrorCode.of(code)
        .map(RenderErrorCodes::of)
        .orElse(code.equals(OutboundError.TIMEOUT.code()) ? "RENDER_TIMEOUT" : RENDER_FAILED);
  }

  private static String of(RenderErrorCode fault) {
    return switch (fault) {
      case MISSING_VARIABLE, INVALID_VARIABLE -> "INVALID_VARIABLE";
      case EXPRESSION_ERROR -> "EXPRESSION_ERROR";
      case TEMPLATE_NOT_FOUND -> "TEMPLATE_NOT_FOUND";
      case UNKNOWN_LAYOUT,
          TOO_LARGE,
          INVALID_SELECTOR,
          ELEMENT_NOT_FOUND,
          EMPTY_ELEMENT,
          INVALID_FONT,
          NO_ANIMATION,
          UNSUPPORTED_CONTENT,
          NO_BROWSER,
          RENDER_FAILED ->
          RENDER_FAILED;
    };
  }
}
