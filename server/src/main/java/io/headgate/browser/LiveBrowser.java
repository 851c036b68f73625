package io.headgate.browser;

import com.microsoft.playwright.Browser;

/** A browser and the driver that holds it. Only the thread that made it may use the browser. */
record LiveBrowser(Browser browser, ProcessHandle driver) {

  boolean alive() {
    return browser.isConnected() && driver.isAlive();
  }
}
