package io.headgate.browser;

import com.microsoft.playwright.Page;

/**
 * Makes a page known to the gate before its content is set. The gate asks every visit who it is
 * when it first hears of it, and the browser gives no answer for the pictures of a page whose
 * address is of another origin: without a word before, they would all be missing.
 */
public final class Greeting {

  /** The gate answers it by itself. */
  static final String ADDRESS = "http://greeting.headgate.invalid/";

  /** What comes of it does not matter: a visit without a way out gets none here either. */
  private static final String GREET =
      "async address => { try { await fetch(address, {mode: 'no-cors'}); } catch {} }";

  private Greeting() {}

  /** Once is enough for all that the page loads. A page that is navigated to needs none. */
  public static void of(Page page) {
    page.evaluate(GREET, ADDRESS);
  }
}
