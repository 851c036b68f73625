package io.headgate.browser;

import com.microsoft.playwright.Browser;

/**
 * A running browser and its driver process. Only the thread that started it may use the browser.
 */
record LiveBrowser(Browser browser, ProcessHandle driver) {

  boolean isAlive() {
    return browser.isConnected() && driver.isAlive();
  }
}
