package io.headgate.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;

/**
 * Takes screenshots of pages. Tries again when the browser fails because the window of the page is
 * not ready yet.
 */
public final class PageImage {

  private static final int TRIES = 3;
  private static final String NOTHING_YET = "Unable to capture screenshot";

  private PageImage() {}

  /** The driver's call that takes a screenshot. */
  interface Look {
    byte[] take();
  }

  /**
   * Returns the image in the format that {@code how} names, and writes it to the file of {@code
   * how} if there is one.
   *
   * @throws PlaywrightException when the screenshot fails
   */
  public static byte[] of(Page page, Page.ScreenshotOptions how) {
    return of(() -> page.screenshot(how));
  }

  static byte[] of(Look look) {
    for (int attempt = 1; ; attempt++) {
      try {
        return look.take();
      } catch (PlaywrightException e) {
        if (attempt == TRIES || !String.valueOf(e.getMessage()).contains(NOTHING_YET)) {
          throw e;
        }
      }
    }
  }
}
