package io.headgate.processor.scrape;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.TimeoutError;
import io.headgate.browser.BrowserException;
import io.headgate.outbound.OutboundError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Runs actions on a page, one after the other. */
final class ActionRunner {

  private static final double TIMEOUT_MILLIS = 10_000;

  /** Waits two frames, because pages receive scroll events and load content with the next one. */
  private static final String SCROLL =
      """
      share => new Promise(done => {
        window.scrollTo(0, document.documentElement.scrollHeight * share);
        requestAnimationFrame(() => requestAnimationFrame(done));
        setTimeout(done, 500);
      })\
      """;

  private static final Pattern PERCENT = Pattern.compile("([0-9]{1,3})%");

  private final Page page;
  private final CaptureLimit limit;
  private final List<ForEachResult> results = new ArrayList<>();

  /** The pieces that a for_each captured, in page order. */
  record ForEachResult(String observe, List<CapturedPiece> pieces) {}

  /**
   * A captured part of a page.
   *
   * @param page number of the page in the pagination, from 1
   */
  record CapturedPiece(int page, String url, String html) {}

  /**
   * Creates a runner.
   *
   * @param maxBytes limit for what all for_each actions capture together
   */
  ActionRunner(Page page, int maxBytes) {
    this.page = page;
    this.limit = new CaptureLimit(maxBytes);
  }

  /**
   * Runs the actions in order.
   *
   * @param path path of the list for error messages, such as {@code actions}
   * @throws BrowserException if an action fails; its message names the action and the selector
   */
  void run(List<Action> actions, String path) throws BrowserException {
    for (int i = 0; i < actions.size(); i++) {
      run(actions.get(i), path + "." + i);
    }
  }

  List<ForEachResult> results() {
    return List.copyOf(results);
  }

  private void run(Action action, String path) throws BrowserException {
    switch (action) {
      case Action.Click click ->
          perform(click, click.selector(), path, one -> one.click(clickTimeout()));
      case Action.Type type ->
          perform(
              type,
              type.selector(),
              path,
              one -> one.fill(type.value(), new Locator.FillOptions().setTimeout(TIMEOUT_MILLIS)));
      case Action.Check check ->
          perform(
              check,
              check.selector(),
              path,
              one ->
                  one.setChecked(
                      check.on(), new Locator.SetCheckedOptions().setTimeout(TIMEOUT_MILLIS)));
      case Action.Wait wait -> pause(wait.time());
      case Action.WaitFor wait ->
          perform(
              wait,
              wait.selector(),
              path,
              one -> one.waitFor(new Locator.WaitForOptions().setTimeout(TIMEOUT_MILLIS)));
      case Action.Scroll scroll -> scroll(scroll, path);
      case Action.ForEach each -> results.add(new ForEachRunner(page, this, each, limit).run(path));
    }
  }

  private interface LocatorAction {
    void apply(Locator one);
  }

  private static Locator.ClickOptions clickTimeout() {
    return new Locator.ClickOptions().setTimeout(TIMEOUT_MILLIS);
  }

  private void perform(Action action, String selector, String path, LocatorAction locatorAction)
      throws BrowserException {
    try {
      locatorAction.apply(page.locator(selector).first());
    } catch (TimeoutError e) {
      boolean exists = count(selector) > 0;
      String problem =
          exists ? "cannot be used: it is hidden, covered or disabled" : "is not on the page";
      throw failed(action, path, "'" + selector + "' " + problem);
    } catch (PlaywrightException e) {
      throw asActionError(e, action, selector, path);
    }
  }

  /**
   * Converts an exception caused by an invalid selector or an unsuitable element; rethrows others.
   */
  private static BrowserException asActionError(
      PlaywrightException e, Action action, String selector, String path) {
    String text = String.valueOf(e.getMessage());
    if (isSelectorError(e)
        || text.contains("Not a checkbox")
        || text.contains("is not an <input>")) {
      return failed(
          action,
          path,
          "'" + selector + "' is not a valid selector or not for this kind of element");
    }
    throw e;
  }

  /** True if the driver rejects the syntax of a selector. */
  static boolean isSelectorError(PlaywrightException e) {
    String text = String.valueOf(e.getMessage());
    return text.contains("parsing") || text.contains("selector");
  }

  /** Checks the syntax of a selector without waiting for a match. */
  void requireValidSelector(Action action, String selector, String path) throws BrowserException {
    try {
      count(selector);
    } catch (PlaywrightException e) {
      throw asActionError(e, action, selector, path);
    }
  }

  static BrowserException failed(Action action, String path, String problem) {
    return permanent("action-failed", action, path, problem);
  }

  static BrowserException tooLarge(Action action, String path, String problem) {
    return permanent(OutboundError.TOO_LARGE.code(), action, path, problem);
  }

  private static BrowserException permanent(
      String code, Action action, String path, String problem) {
    return new BrowserException(
        code, "%s (%s): %s".formatted(path, action.typeName(), problem), false);
  }

  private int count(String selector) {
    return page.locator(selector).count();
  }

  void pause(Duration time) {
    page.waitForTimeout((double) time.toMillis());
  }

  private void scroll(Action.Scroll scroll, String path) throws BrowserException {
    String to = scroll.to();
    var percent = PERCENT.matcher(to);
    if (to.equals("top") || to.equals("bottom")) {
      scrollTo(to.equals("top") ? 0 : 1);
    } else if (percent.matches()) {
      scrollTo(Integer.parseInt(percent.group(1)) / 100.0);
    } else {
      perform(
          scroll,
          to,
          path,
          one ->
              one.scrollIntoViewIfNeeded(
                  new Locator.ScrollIntoViewIfNeededOptions().setTimeout(TIMEOUT_MILLIS)));
    }
  }

  private void scrollTo(double share) {
    page.evaluate(SCROLL, share);
  }
}
