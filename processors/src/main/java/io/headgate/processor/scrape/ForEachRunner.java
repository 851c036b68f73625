package io.headgate.processor.scrape;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.WaitUntilState;
import io.headgate.browser.BrowserException;
import io.headgate.outbound.Target;
import io.headgate.processor.scrape.ActionRunner.CapturedPiece;
import io.headgate.processor.scrape.ActionRunner.ForEachResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs a for_each action: captures a piece for each matching element, over all pages. */
final class ForEachRunner {

  private static final double TIMEOUT_MILLIS = 10_000;

  /** Returns the link of an element, truncated to just above the length limit for URLs. */
  private static final String LINK_OF =
      """
      thing => {
        const link = thing.closest('a[href]') || thing.querySelector('a[href]');
        return link ? ('' + link.href).slice(0, 10000) : '';
      }\
      """;

  /** Returns "" at once if nothing matches; the locator methods would wait for a match. */
  private static final String HTML_OF_FIRST =
      """
      (all, most) => {
        const html = all.length ? '' + all[0].outerHTML : '';
        return html.length > most ? null : html;
      }\
      """;

  /** The length to which pages of a list are compared. */
  private static final int COMPARED_LENGTH = 1_000_000;

  private final Page page;
  private final ActionRunner runner;
  private final Action.ForEach action;
  private final CaptureLimit limit;
  private final List<CapturedPiece> pieces = new ArrayList<>();
  private final List<PendingLink> links = new ArrayList<>();

  /** A link to follow after all pages of the list are processed, because that leaves the list. */
  private record PendingLink(int page, String url) {}

  ForEachRunner(Page page, ActionRunner runner, Action.ForEach action, CaptureLimit limit) {
    this.page = page;
    this.runner = runner;
    this.action = action;
    this.limit = limit;
  }

  /**
   * Runs the action.
   *
   * @param path path of the action for error messages, such as {@code actions.0}
   * @throws BrowserException if nothing on the first page matches or a nested action fails
   */
  ForEachResult run(String path) throws BrowserException {
    requireValidSelector(action.observe(), path);
    requireValidSelector(action.capture(), path);
    requireValidSelector(action.pagination().map(Action.Pagination::nextSelector).orElse(""), path);
    String list = page.url();
    int pages = action.pagination().map(Action.Pagination::maxPages).orElse(1);
    for (int number = 1; number <= pages; number++) {
      captureElements(number, path);
      if (isFull() || number == pages || !openNextPage(path)) {
        break;
      }
    }
    if (action.mode() == Action.ForEachMode.NAVIGATE) {
      followLinks(path);
      page.navigate(list, loaded());
    }
    return new ForEachResult(action.observe(), List.copyOf(pieces));
  }

  private void requireValidSelector(String selector, String path) throws BrowserException {
    if (!selector.isEmpty()) {
      runner.requireValidSelector(action, selector, path);
    }
  }

  private boolean isFull() {
    return Math.max(pieces.size(), links.size()) >= action.maxItems();
  }

  private void captureElements(int number, String path) throws BrowserException {
    Locator all = page.locator(action.observe());
    try {
      all.first().waitFor(new Locator.WaitForOptions().setTimeout(TIMEOUT_MILLIS));
    } catch (TimeoutError e) {
      if (number == 1) {
        throw ActionRunner.failed(action, path, "'" + action.observe() + "' is not on the page");
      }
    }
    int count = all.count();
    for (int i = 0; i < count && !isFull(); i++) {
      Locator element = page.locator(action.observe()).nth(i);
      switch (action.mode()) {
        case INLINE -> inline(number, element, path);
        case CLICK -> click(number, element, path);
        case NAVIGATE -> links.add(new PendingLink(number, (String) element.evaluate(LINK_OF)));
      }
    }
  }

  private void inline(int number, Locator element, String path) throws BrowserException {
    runner.run(action.actions(), path + ".actions");
    Locator target =
        action.capture().isEmpty() ? element : element.locator(action.capture()).first();
    capture(number, target, path);
  }

  private void capture(int number, Locator target, String path) throws BrowserException {
    failIf(limit.refusalIfFull(), path);
    Optional<String> html = html(target, limit.remainingBytes());
    if (html.isEmpty()) {
      throw ActionRunner.tooLarge(action, path, limit.tooLargeMessage());
    }
    CapturedPiece piece = new CapturedPiece(number, page.url(), html.get());
    failIf(limit.add(piece), path);
    pieces.add(piece);
  }

  private void failIf(Optional<String> reason, String path) throws BrowserException {
    if (reason.isPresent()) {
      throw ActionRunner.tooLarge(action, path, reason.get());
    }
  }

  private void click(int number, Locator element, String path) throws BrowserException {
    String before = page.url();
    try {
      element.click(new Locator.ClickOptions().setTimeout(TIMEOUT_MILLIS));
    } catch (TimeoutError e) {
      throw ActionRunner.failed(action, path, "'" + action.observe() + "' cannot be clicked");
    }
    runner.pause(action.waitAfterClick());
    captureOnPage(number, path);
    if (page.url().equals(before)) {
      page.keyboard()
          .press("Escape"); // closes a dialog that the click may have opened over the list
    } else {
      page.navigate(before, loaded());
    }
  }

  private void followLinks(String path) throws BrowserException {
    for (PendingLink link : links) {
      if (Target.parse(link.url()) instanceof Target.Url url) {
        page.navigate(url.toString(), loaded());
        runner.pause(action.waitAfterClick());
        captureOnPage(link.page(), path);
      } else {
        throw ActionRunner.failed(action, path, "'" + action.observe() + "' has no link to follow");
      }
    }
  }

  private void captureOnPage(int number, String path) throws BrowserException {
    runner.run(action.actions(), path + ".actions");
    String selector = action.capture().isEmpty() ? "body" : action.capture();
    capture(number, page.locator(selector).first(), path);
  }

  /**
   * Returns the HTML of the first match; "" if nothing matches, so that one missing piece does not
   * fail the others.
   *
   * @return empty if the HTML has more than {@code maxLength} characters; it is then not copied
   */
  private static Optional<String> html(Locator one, int maxLength) {
    return Optional.ofNullable((String) one.evaluateAll(HTML_OF_FIRST, maxLength));
  }

  private String snapshot(Locator elements) {
    return page.url() + html(elements, COMPARED_LENGTH).orElse("");
  }

  /** Opens the next page; false if there is none or this page has nothing to compare it with. */
  private boolean openNextPage(String path) throws BrowserException {
    Optional<Action.Pagination> pagination = action.pagination();
    if (pagination.isEmpty()) {
      return false;
    }
    Locator next = page.locator(pagination.get().nextSelector()).first();
    if (next.count() == 0 || !next.isVisible() || !next.isEnabled()) {
      return false;
    }
    Locator elements = page.locator(action.observe());
    if (elements.count() == 0) {
      return false;
    }
    String before = snapshot(elements);
    try {
      next.click(new Locator.ClickOptions().setTimeout(TIMEOUT_MILLIS));
    } catch (TimeoutError e) {
      throw ActionRunner.failed(
          action, path, "'" + pagination.get().nextSelector() + "' cannot be clicked");
    }
    return awaitChange(before);
  }

  /** Waits until the elements differ, after a navigation or a script on the same page. */
  private boolean awaitChange(String before) {
    try {
      page.waitForCondition(
          () -> {
            Locator first = page.locator(action.observe()).first();
            return first.count() > 0 && !before.equals(snapshot(first));
          },
          new Page.WaitForConditionOptions().setTimeout(TIMEOUT_MILLIS));
      return true;
    } catch (TimeoutError e) {
      return false;
    }
  }

  private static Page.NavigateOptions loaded() {
    return new Page.NavigateOptions().setWaitUntil(WaitUntilState.DOMCONTENTLOADED);
  }
}
