package io.headgate.bench;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A plain Playwright loop, as one would write it without a server: each thread keeps a browser and
 * opens a new context for each screenshot or page, so that cookies are not shared. It has no
 * limits, no checks and no queue.
 */
final class BarePlaywright implements AutoCloseable {

  static final int WIDTH = 1_200;
  static final int HEIGHT = 630;

  /** The viewport of the server's browser pages, because the layout depends on it. */
  private static final int PAGE_WIDTH = 1_280;

  private static final int PAGE_HEIGHT = 720;

  /** The same number as in the server: a browser sometimes fails to take a screenshot. */
  private static final int ATTEMPTS = 3;

  private static final long TIMEOUT_SECONDS = 180;
  private static final long CLOSE_SECONDS = 15;

  /**
   * The switches of the server's browsers, except the proxy. Without them a browser connects to
   * update and name servers, and without internet access its pages wait for those connections.
   */
  private static final List<String> SWITCHES =
      List.of(
          "--disable-domain-reliability",
          "--disable-quic",
          "--deny-permission-prompts",
          "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
          "--no-pings",
          "--safebrowsing-disable-auto-update");

  private final List<BrowserThread> browsers = new ArrayList<>();

  /** A browser and the only thread that may use it. */
  private record BrowserThread(ExecutorService thread, Playwright playwright, Browser browser) {}

  private BarePlaywright() {}

  /**
   * Starts the browsers.
   *
   * @param more additional switches for the browsers
   */
  static BarePlaywright start(int count, List<String> more) throws Exception {
    BarePlaywright loop = new BarePlaywright();
    for (int i = 0; i < count; i++) {
      ExecutorService thread =
          Executors.newSingleThreadExecutor(
              Thread.ofPlatform().daemon().name("bare-playwright-" + i).factory());
      loop.browsers.add(
          thread.submit(() -> open(thread, more)).get(TIMEOUT_SECONDS, TimeUnit.SECONDS));
    }
    return loop;
  }

  private static BrowserThread open(ExecutorService thread, List<String> more) {
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    List<String> switches = Stream.of(SWITCHES, more).flatMap(List::stream).toList();
    BrowserType.LaunchOptions options =
        new BrowserType.LaunchOptions().setExecutablePath(executable()).setArgs(switches);
    return new BrowserThread(thread, playwright, playwright.chromium().launch(options));
  }

  private static Path executable() {
    return Arrays.stream(String.valueOf(System.getenv("PATH")).split(":", -1))
        .flatMap(folder ->
            List.of("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
                .stream()
                .map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no Chromium found on the PATH"));
  }

  /** Processes one input on a page. */
  private interface PageTask {
    void run(Page page, String input, Path folder) throws Exception;
  }

  /** Takes a screenshot of each HTML text and writes it to a file. */
  Rate takeScreenshots(List<String> pages) throws Exception {
    return run(
        pages,
        (page, html, folder) -> {
          page.setContent(html);
          page.screenshot(new Page.ScreenshotOptions().setPath(newFile(folder, ".png")));
        },
        new PageSettings("pictures", WIDTH, HEIGHT));
  }

  /** Visits each URL and writes the fields that {@link BareScrape} extracts to a file. */
  Rate visit(List<String> urls) throws Exception {
    return run(
        urls,
        (page, url, folder) -> {
          page.navigate(url);
          Files.writeString(newFile(folder, ".json"), BareScrape.fields(page.content(), url));
        },
        new PageSettings("pages", PAGE_WIDTH, PAGE_HEIGHT));
  }

  private static Path newFile(Path folder, String extension) {
    return folder.resolve(ThreadLocalRandom.current().nextLong() + extension);
  }

  /** The unit of the result and the size of the viewport. */
  private record PageSettings(String unit, int width, int height) {

    BrowserContext open(Browser browser) {
      return browser.newContext(new Browser.NewContextOptions().setViewportSize(width, height));
    }
  }

  private Rate run(List<String> inputs, PageTask task, PageSettings kind) throws Exception {
    Path folder = Files.createTempDirectory("bare-playwright");
    ConcurrentLinkedQueue<String> remaining = new ConcurrentLinkedQueue<>(inputs);
    long before = System.nanoTime();
    List<Future<?>> all = new ArrayList<>();
    for (BrowserThread browserThread : browsers) {
      all.add(
          browserThread
              .thread()
              .submit(() -> {
                for (String next = remaining.poll(); next != null; next = remaining.poll()) {
                  runTask(next, task, kind, browserThread.browser(), folder);
                }
                return null;
              }));
    }
    for (Future<?> each : all) {
      each.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }
    Rate rate = Rate.of(inputs.size(), System.nanoTime() - before, kind.unit());
    remove(folder);
    return rate;
  }

  private static void runTask(
      String input, PageTask task, PageSettings kind, Browser browser, Path folder)
      throws Exception {
    for (int attempt = 1; ; attempt++) {
      try (BrowserContext context = kind.open(browser)) {
        task.run(context.newPage(), input, folder);
        return;
      } catch (PlaywrightException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
        Report.printLine("  the loop repeats a page: " + e.getClass().getSimpleName());
      }
    }
  }

  private static void remove(Path folder) throws Exception {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  /** Closes the browsers. One that hangs ends with this process, when its driver loses the pipe. */
  @Override
  public void close() {
    for (BrowserThread browserThread : browsers) {
      Future<?> _ = browserThread.thread().submit(browserThread.playwright()::close);
      browserThread.thread().shutdown();
    }
    for (BrowserThread browserThread : browsers) {
      await(browserThread.thread());
    }
  }

  private static void await(ExecutorService thread) {
    try {
      boolean _ = thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
