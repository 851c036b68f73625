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
 * A plain Playwright loop, as somebody would write it without a server: each thread keeps a browser
 * and opens a new context for each screenshot or page, so that cookies are not shared. It has no
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

  private static final long LONGEST_SECONDS = 180;
  private static final long CLOSE_SECONDS = 15;

  /**
   * The switches of the server's browsers, except the proxy. Without them a browser connects to
   * update and name servers, and without internet access its pages wait for those connections.
   */
  private static final List<String> QUIET =
      List.of(
          "--disable-domain-reliability",
          "--disable-quic",
          "--deny-permission-prompts",
          "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
          "--no-pings",
          "--safebrowsing-disable-auto-update");

  private final List<Hand> hands = new ArrayList<>();

  /** A browser and the only thread that may use it. */
  private record Hand(ExecutorService thread, Playwright playwright, Browser browser) {}

  private BarePlaywright() {}

  /**
   * Starts the browsers.
   *
   * @param more additional switches for the browsers
   */
  static BarePlaywright start(int browsers, List<String> more) throws Exception {
    BarePlaywright loop = new BarePlaywright();
    for (int i = 0; i < browsers; i++) {
      ExecutorService thread =
          Executors.newSingleThreadExecutor(
              Thread.ofPlatform().daemon().name("bare-playwright-" + i).factory());
      loop.hands.add(
          thread.submit(() -> open(thread, more)).get(LONGEST_SECONDS, TimeUnit.SECONDS));
    }
    return loop;
  }

  private static Hand open(ExecutorService thread, List<String> more) {
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    List<String> switches = Stream.of(QUIET, more).flatMap(List::stream).toList();
    BrowserType.LaunchOptions options =
        new BrowserType.LaunchOptions().setExecutablePath(executable()).setArgs(switches);
    return new Hand(thread, playwright, playwright.chromium().launch(options));
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
  private interface Work {
    void on(Page page, String given, Path folder) throws Exception;
  }

  /** Takes a screenshot of each HTML text and writes it to a file. */
  Rate draw(List<String> pages) throws Exception {
    return run(
        pages,
        (page, html, folder) -> {
          page.setContent(html);
          page.screenshot(new Page.ScreenshotOptions().setPath(fresh(folder, ".png")));
        },
        new Kind("pictures", WIDTH, HEIGHT));
  }

  /** Visits each URL and writes the fields that {@link BareScrape} extracts to a file. */
  Rate visit(List<String> urls) throws Exception {
    return run(
        urls,
        (page, url, folder) -> {
          page.navigate(url);
          Files.writeString(fresh(folder, ".json"), BareScrape.fields(page.content(), url));
        },
        new Kind("pages", PAGE_WIDTH, PAGE_HEIGHT));
  }

  private static Path fresh(Path folder, String extension) {
    return folder.resolve(ThreadLocalRandom.current().nextLong() + extension);
  }

  /** The unit of the result and the size of the viewport. */
  private record Kind(String unit, int width, int height) {

    BrowserContext open(Browser browser) {
      return browser.newContext(new Browser.NewContextOptions().setViewportSize(width, height));
    }
  }

  private Rate run(List<String> given, Work work, Kind kind) throws Exception {
    Path folder = Files.createTempDirectory("bare-playwright");
    ConcurrentLinkedQueue<String> left = new ConcurrentLinkedQueue<>(given);
    long before = System.nanoTime();
    List<Future<?>> all = new ArrayList<>();
    for (Hand hand : hands) {
      all.add(
          hand.thread()
              .submit(() -> {
                for (String next = left.poll(); next != null; next = left.poll()) {
                  make(next, work, kind, hand.browser(), folder);
                }
                return null;
              }));
    }
    for (Future<?> each : all) {
      each.get(LONGEST_SECONDS, TimeUnit.SECONDS);
    }
    Rate rate = Rate.of(given.size(), System.nanoTime() - before, kind.unit());
    remove(folder);
    return rate;
  }

  private static void make(String given, Work work, Kind kind, Browser browser, Path folder)
      throws Exception {
    for (int attempt = 1; ; attempt++) {
      try (BrowserContext context = kind.open(browser)) {
        work.on(context.newPage(), given, folder);
        return;
      } catch (PlaywrightException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
        Report.say("  the loop repeats a page: " + e.getClass().getSimpleName());
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
    for (Hand hand : hands) {
      Future<?> _ = hand.thread().submit(hand.playwright()::close);
      hand.thread().shutdown();
    }
    for (Hand hand : hands) {
      await(hand.thread());
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
