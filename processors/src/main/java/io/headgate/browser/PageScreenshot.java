package io.headgate.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;

/**
 * Takes screenshots of pages. Tries again when the browser fails because the window of the page is
 * not ready yet.
 */
public final class PageScreenshot {

  private static final int MAX_ATTEMPTS = 3;
  private static final String NOT_READY = "Unable to capture screenshot";

  private PageScreenshot() {}

  /** The driver's call that takes a screenshot. */
  interface ScreenshotCall {
    byte[] run();
  }

  /**
   * Returns the image in the format that {@code options} names, and writes it to the file of {@code
   * how} if there is one.
   *
   * @throws PlaywrightException when the screenshot fails
   */
  public static byte[] take(Page page, Page.ScreenshotOptions options) {
    return take(() -> page.screenshot(options));
  }

  static byte[] take(ScreenshotCall call) {
    for (int attempt = 1; ; attempt++) {
      try {
        return call.run();
      } catch (PlaywrightException e) {
        if (attempt == MAX_ATTEMPTS || !String.valueOf(e.getMessage()).contains(NOT_READY)) {
          throw e;
        }
      }
    }
  }
}
