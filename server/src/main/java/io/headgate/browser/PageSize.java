package io.headgate.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Selectors;

/**
 * How long the HTML of a page is, told before it is brought here: a page may make more of it than
 * this process has memory for. It is measured beside the page's own scripts, where they cannot lie
 * about it.
 */
public final class PageSize {

  private static final String NAME = "headgate-longer-than";
  private static final String ENGINE =
      """
      ({
        query: () => null,
        queryAll(root, length) {
          const all = document.documentElement;
          return all && all.outerHTML.length > Number(length) ? [all] : [];
        }
      })
      """;

  private PageSize() {}

  static void register(Playwright driver) {
    driver
        .selectors()
        .register(NAME, ENGINE, new Selectors.RegisterOptions().setContentScript(true));
  }

  /** True when its HTML has more characters than {@code length}. */
  public static boolean exceeds(Page page, int length) {
    return page.locator(NAME + "=" + length).count() > 0;
  }
}
