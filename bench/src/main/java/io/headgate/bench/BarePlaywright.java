package io.headgate.bench;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What somebody writes who needs pictures or pages and has Playwright: a browser for each thread,
 * kept, and for each picture a context and a page. No limits, no checks, no queue.
 */
final class BarePlaywright implements AutoCloseable {

  private final ExecutorService threads;
  private final BlockingQueue<Hand> hands = new LinkedBlockingQueue<>();
  private final List<Hand> all = new ArrayList<>();

  /** A browser and the one thread that may talk to it. */
  private record Hand(ExecutorService thread, Playwright playwright, Browser browser) {}

  private BarePlaywright(int concurrency) {
    this.threads = Executors.newFixedThreadPool(concurrency);
  }

  static BarePlaywright start(int concurrency) throws Exception {
    BarePlaywright loop = new BarePlaywright(concurrency);
    for (int i = 0; i < concurrency; i++) {
      ExecutorService thread = Executors.newSingleThreadExecutor();
      Hand hand = thread.submit(() -> open(thread)).get();
      loop.hands.add(hand);
      loop.all.add(hand);
    }
    return loop;
  }

  private static Hand open(ExecutorService thread) {
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    Browser browser =
        playwright
            .chromium()
            .launch(new BrowserType.LaunchOptions().setExecutablePath(executable()));
    return new Hand(thread, playwright, browser);
  }

  private static Path executable() {
    return Arrays.stream(String.valueOf(System.getenv("PATH")).split(":", -1))
        .flatMap(folder ->
            List.of("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
                .stream()
                .map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("there is no browser on the PATH"));
  }

  /** What is done with one page. */
  interface Work {
    void on(Page page, String given) throws Exception;
  }

  /** Pictures of HTML. */
  Rate draw(List<String> pages) throws Exception {
    Path folder = Files.createTempDirectory("bare-playwright");
    Rate rate =
        run(
            pages,
            (page, html) -> {
              page.setContent(html);
              Path file = folder.resolve(ThreadLocalRandom.current().nextLong() + ".png");
              page.screenshot(new Page.ScreenshotOptions().setPath(file));
            },
            "pictures");
    remove(folder);
    return rate;
  }

  /** A context and a page for each of what is given, as many at a time as there are browsers. */
  Rate run(List<String> given, Work work, String unit) throws Exception {
    long before = System.nanoTime();
    List<Future<?>> made = new ArrayList<>();
    for (String each : given) {
      made.add(
          threads.submit(() -> {
            Hand hand = hands.take();
            try {
              return hand.thread().submit(() -> visit(hand.browser(), each, work)).get();
            } finally {
              hands.add(hand);
            }
          }));
    }
    for (Future<?> each : made) {
      each.get();
    }
    return Rate.of(given.size(), System.nanoTime() - before, unit);
  }

  private static boolean visit(Browser browser, String given, Work work) throws Exception {
    Browser.NewContextOptions size = new Browser.NewContextOptions().setViewportSize(1_200, 630);
    try (BrowserContext context = browser.newContext(size)) {
      work.on(context.newPage(), given);
      return true;
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

  @Override
  public void close() {
    threads.shutdown();
    for (Hand hand : all) {
      Future<?> _ = hand.thread().submit(hand.playwright()::close);
      hand.thread().close();
    }
  }
}
