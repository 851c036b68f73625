package io.headgate.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts browsers, each with its own driver process. */
final class BrowserLauncher {

  private static final Logger log = LoggerFactory.getLogger(BrowserLauncher.class);
  private static final double START_TIMEOUT_MILLIS = 30_000;
  static final Map<String, String> NO_DOWNLOAD = Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");

  /**
   * Held while a process starts, although locks are not held across I/O elsewhere: the library does
   * not expose the process that it starts, so two concurrent starts could not identify theirs.
   */
  private static final ReentrantLock START_LOCK = new ReentrantLock();

  private final Browsers.BrowserSettings settings;
  private final ForwardProxy forwardProxy;

  BrowserLauncher(Browsers.BrowserSettings settings, ForwardProxy forwardProxy) {
    this.settings = settings;
    this.forwardProxy = forwardProxy;
  }

  /**
   * Starts a browser.
   *
   * @param folder the folder for the browser's profile and temporary files
   * @param started receives the driver's process before a call to it can hang
   */
  LiveBrowser launch(Path folder, Consumer<ProcessHandle> started) throws BrowserException {
    Path executable =
        Chromium.find(settings.executable())
            .orElseThrow(() ->
                new BrowserException(
                    "browser-missing", "no browser is installed on this node", true));
    try {
      DriverProcess driver = driver(folder);
      started.accept(driver.process());
      Browser browser = driver.playwright().chromium().launch(options(executable));
      driver.process().children().forEach(process -> killDriverAfter(process, driver.process()));
      return new LiveBrowser(browser, driver.process());
    } catch (PlaywrightException e) {
      log.warn("the browser {} did not start", executable, e);
      throw new BrowserException("browser-failed", "the browser did not start", true, e);
    }
  }

  /** The driver does not always notice that its browser ended, and would wait for it. */
  private static void killDriverAfter(ProcessHandle browser, ProcessHandle driver) {
    CompletableFuture<Void> _ = browser.onExit().thenRun(() -> Processes.kill(driver));
  }

  private record DriverProcess(Playwright playwright, ProcessHandle process) {}

  private static DriverProcess driver(Path folder) {
    START_LOCK.lock();
    try {
      IsolatedDriver.install();
      Set<ProcessHandle> before = Processes.drivers().collect(Collectors.toSet());
      Playwright playwright =
          ScopedValue.where(IsolatedDriver.TEMPORARY_FOLDER, folder)
              .call(() -> Playwright.create(new Playwright.CreateOptions().setEnv(NO_DOWNLOAD)));
      ProcessHandle process =
          Processes.drivers()
              .filter(each -> !before.contains(each))
              .findFirst()
              .orElseThrow(() -> new PlaywrightException("the driver ended at once"));
      return new DriverProcess(playwright, process);
    } finally {
      START_LOCK.unlock();
    }
  }

  /** The server handles signals: a Ctrl-C must not end the browsers of items that still run. */
  private BrowserType.LaunchOptions options(Path executable) {
    return new BrowserType.LaunchOptions()
        .setExecutablePath(executable)
        .setHeadless(true)
        .setChromiumSandbox(Chromium.sandboxed())
        .setArgs(Chromium.arguments(forwardProxy.refusingAddress()))
        .setIgnoreDefaultArgs(List.of("--disable-popup-blocking"))
        .setHandleSIGINT(false)
        .setHandleSIGTERM(false)
        .setHandleSIGHUP(false)
        .setTimeout(START_TIMEOUT_MILLIS);
  }
}
