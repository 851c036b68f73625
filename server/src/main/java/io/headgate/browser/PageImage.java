package io.headgate.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;

/**
 * What a page looks like. The browser now and then has nothing to show of a page whose window is
 * just being made, and says so at once; a moment later it has.
 */
public final class PageImage {

  private static final int TRIES = 3;
  private static final String NOTHING_YET = "Unable to capture screenshot";

  private PageImage() {}

  /** One look, as the driver takes it. */
  interface Look {
    byte[] take();
  }

  /**
   * The bytes of a picture in the format that is asked for; also in its file if one is named.
   *
   * @throws PlaywrightException as the driver's own method
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
