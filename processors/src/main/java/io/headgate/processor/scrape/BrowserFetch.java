package io.headgate.processor.scrape;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.LoadState;
import com.microsoft.playwright.options.WaitUntilState;
import io.headgate.browser.BrowserException;
import io.headgate.browser.Browsers;
import io.headgate.browser.PageScreenshot;
import io.headgate.browser.PageSource;
import io.headgate.browser.UpstreamProxy;
import io.headgate.browser.Visit;
import io.headgate.outbound.OutboundError;
import io.headgate.outbound.OutboundResult;
import io.headgate.outbound.RetryAfter;
import io.headgate.outbound.Target;
import io.headgate.processor.Attempt;
import io.headgate.processor.scrape.ActionRunner.ForEachResult;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Opens a page in a browser, runs the actions and returns the resulting page. */
final class BrowserFetch {

  private static final Duration LOAD_TIMEOUT = Duration.ofSeconds(10);

  /** Kept free before the deadline, to report why a page failed. */
  private static final Duration REPORTING_TIME = Duration.ofMillis(700);

  private static final int MAX_HEIGHT = 16_000;

  private final Browsers browsers;
  private final Optional<UpstreamProxy> proxy;

  /**
   * The result of opening a page.
   *
   * @param response the final state of the page, in the form of a plain HTTP response
   * @param forEachResults the pieces that for_each actions captured
   * @param screenshot a file in the scratch folder of the attempt
   */
  record BrowserResult(
      OutboundResult response, List<ForEachResult> forEachResults, Optional<Path> screenshot) {

    /** The result of a fetch without a browser. */
    static BrowserResult withoutBrowser(OutboundResult answer) {
      return new BrowserResult(answer, List.of(), Optional.empty());
    }
  }

  BrowserFetch(Browsers browsers, Optional<UpstreamProxy> proxy) {
    this.browsers = browsers;
    this.proxy = proxy;
  }

  /** Returns what this node lacks to run a browser; empty if nothing. */
  static List<String> missing(Optional<BrowserFetch> browser) {
    return browser.map(BrowserFetch::missing).orElse(List.of("a browser"));
  }

  List<String> missing() {
    return browsers.missing();
  }

  /**
   * Opens a page.
   *
   * @param headers request headers by name, possibly including {@code Cookie}
   */
  BrowserResult visit(
      Target.Url url,
      BrowserOptions browserOptions,
      Map<String, String> headers,
      ScrapeOptions options,
      Attempt attempt)
      throws InterruptedException, IOException, BrowserException {
    Optional<Path> screenshot =
        browserOptions.screenshot()
            ? Optional.of(attempt.scratchFolder().resolve("screenshot.png"))
            : Optional.empty();
    Duration limit = attempt.remaining().minus(REPORTING_TIME);
    Visit visit = visit(limit.isNegative() ? Duration.ZERO : limit, url, headers);
    return browsers.visit(
        browserOptions.proxy() ? visit.withProxy(requireProxy()) : visit,
        page -> {
          Response first = load(page, url.toString());
          ActionRunner runner = new ActionRunner(page, options.limits().maxBytes());
          if (first.ok()) {
            awaitSelector(page, browserOptions.waitFor());
            runner.run(browserOptions.actions(), "actions");
            screenshot.ifPresent(file -> takeScreenshot(page, file, browserOptions.fullPage()));
          }
          return new BrowserResult(response(page, first, options), runner.results(), screenshot);
        });
  }

  private UpstreamProxy requireProxy() throws BrowserException {
    return proxy.orElseThrow(() ->
        new BrowserException("no-proxy", "this server has no outbound_proxy configured", false));
  }

  private static Visit visit(Duration limit, Target.Url url, Map<String, String> headers) {
    Map<String, String> others = new HashMap<>(headers);
    StringBuilder cookies = new StringBuilder();
    headers.forEach((name, value) -> {
      if (name.equalsIgnoreCase("cookie")) {
        cookies.append(value);
        others.remove(name);
      }
    });
    return Visit.lasting(limit).withHeaders(others).withCookies(cookies.toString(), url.toString());
  }

  /** Loads the page; one that is still loading after {@link #LOAD_TIMEOUT} is used as it is. */
  private static Response load(Page page, String url) throws BrowserException {
    Response response =
        page.navigate(
            url, new Page.NavigateOptions().setWaitUntil(WaitUntilState.DOMCONTENTLOADED));
    try {
      page.waitForLoadState(
          LoadState.LOAD,
          new Page.WaitForLoadStateOptions().setTimeout((double) LOAD_TIMEOUT.toMillis()));
    } catch (TimeoutError _) {
      // a resource such as an image is still loading
    }
    if (response == null) {
      throw new BrowserException("unsupported-content", "the URL returned no page", false);
    }
    return response;
  }

  private static void awaitSelector(Page page, String selector) throws BrowserException {
    if (selector.isEmpty()) {
      return;
    }
    try {
      page.waitForSelector(
          selector, new Page.WaitForSelectorOptions().setTimeout((double) LOAD_TIMEOUT.toMillis()));
    } catch (TimeoutError e) {
      throw new BrowserException(
          "action-failed", "wait_for: '" + selector + "' did not appear on the page", false);
    } catch (PlaywrightException e) {
      if (!ActionRunner.isSelectorError(e)) {
        throw e;
      }
      throw new BrowserException(
          "action-failed", "wait_for: '" + selector + "' is not a valid selector", false);
    }
  }

  private static void takeScreenshot(Page page, Path file, boolean fullPage) {
    Page.ScreenshotOptions options = new Page.ScreenshotOptions().setPath(file);
    if (fullPage) {
      int height = ((Number) page.evaluate("document.documentElement.scrollHeight")).intValue();
      options.setFullPage(true);
      if (height > MAX_HEIGHT) {
        options.setClip(0, 0, page.viewportSize().width, MAX_HEIGHT);
      }
    }
    PageScreenshot.take(page, options);
  }

  private static OutboundResult.Response response(Page page, Response first, ScrapeOptions options)
      throws BrowserException {
    Map<String, String> responseHeaders = first.headers();
    String type = responseHeaders.getOrDefault("content-type", "");
    boolean html = type.isEmpty() || type.contains("html");
    int maxBytes = options.limits().maxBytes();
    byte[] body = html ? source(page, maxBytes) : first.body();
    if (body.length > maxBytes) {
      throw tooLarge();
    }
    List<String> types = List.of(html ? "text/html; charset=utf-8" : type);
    HttpHeaders headers = HttpHeaders.of(Map.of("content-type", types), (_, _) -> true);
    return new OutboundResult.Response(
        first.status(), headers, page.url(), body, body.length, retryAfter(responseHeaders));
  }

  private static byte[] source(Page page, int maxBytes) throws BrowserException {
    return PageSource.of(page, maxBytes)
        .orElseThrow(BrowserFetch::tooLarge)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static BrowserException tooLarge() {
    return new BrowserException(
        OutboundError.TOO_LARGE.code(), "the page is larger than max_bytes", false);
  }

  private static Optional<Duration> retryAfter(Map<String, String> responseHeaders) {
    return Optional.ofNullable(responseHeaders.get("retry-after"))
        .flatMap(value -> RetryAfter.parse(value, responseHeaders.getOrDefault("date", "")));
  }
}
