package io.headgate.processor.scrape;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.TimeoutError;
import io.headgate.browser.BrowserTrouble;
import io.headgate.outbound.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Runs actions on a page, one after the other. */
final class ActionRunner {

  private static final double PATIENCE_MILLIS = 10_000;

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
  private final Basket basket;
  private final List<Gathered> gathered = new ArrayList<>();

  /** The pieces that a for_each captured, in page order. */
  record Gathered(String observe, List<Piece> pieces) {}

  /**
   * A captured part of a page.
   *
   * @param page number of the page in the pagination, from 1
   */
  record Piece(int page, String url, String html) {}

  /**
   * Creates a runner.
   *
   * @param mostBytes limit for what all for_each actions capture together
   */
  ActionRunner(Page page, int mostBytes) {
    this.page = page;
    this.basket = new Basket(mostBytes);
  }

  /**
   * Runs the actions in order.
   *
   * @param where path of the list for error messages, such as {@code actions}
   * @throws BrowserTrouble if an action fails; its message names the action and the selector
   */
  void run(List<Action> actions, String where) throws BrowserTrouble {
    for (int i = 0; i < actions.size(); i++) {
      run(actions.get(i), where + "." + i);
    }
  }

  List<Gathered> gathered() {
    return List.copyOf(gathered);
  }

  private void run(Action action, String where) throws BrowserTrouble {
    switch (action) {
      case Action.Click click -> on(click, click.selector(), where, one -> one.click(patience()));
      case Action.Type type ->
          on(
              type,
              type.selector(),
              where,
              one -> one.fill(type.value(), new Locator.FillOptions().setTimeout(PATIENCE_MILLIS)));
      case Action.Check check ->
          on(
              check,
              check.selector(),
              where,
              one ->
                  one.setChecked(
                      check.on(), new Locator.SetCheckedOptions().setTimeout(PATIENCE_MILLIS)));
      case Action.Wait wait -> pause(wait.time());
      case Action.WaitFor wait ->
          on(
              wait,
              wait.selector(),
              where,
              one -> one.waitFor(new Locator.WaitForOptions().setTimeout(PATIENCE_MILLIS)));
      case Action.Scroll scroll -> scroll(scroll, where);
      case Action.ForEach each ->
          gathered.add(new ActionForEach(page, this, each, basket).run(where));
    }
  }

  private interface Deed {
    void on(Locator one);
  }

  private static Locator.ClickOptions patience() {
    return new Locator.ClickOptions().setTimeout(PATIENCE_MILLIS);
  }

  private void on(Action action, String selector, String where, Deed deed) throws BrowserTrouble {
    try {
      deed.on(page.locator(selector).first());
    } catch (TimeoutError e) {
      boolean there = count(selector) > 0;
      String what =
          there ? "cannot be used: it is hidden, covered or disabled" : "is not on the page";
      throw failed(action, where, "'" + selector + "' " + what);
    } catch (PlaywrightException e) {
      throw understood(e, action, selector, where);
    }
  }

  /**
   * Converts an exception caused by an invalid selector or an unsuitable element; rethrows others.
   */
  private static BrowserTrouble understood(
      PlaywrightException e, Action action, String selector, String where) {
    String text = String.valueOf(e.getMessage());
    if (isUnreadable(e) || text.contains("Not a checkbox") || text.contains("is not an <input>")) {
      return failed(
          action,
          where,
          "'" + selector + "' is not a valid selector or not for this kind of element");
    }
    throw e;
  }

  /** True if the driver rejects the syntax of a selector. */
  static boolean isUnreadable(PlaywrightException e) {
    String text = String.valueOf(e.getMessage());
    return text.contains("parsing") || text.contains("selector");
  }

  /** Checks the syntax of a selector without waiting for a match. */
  void requireReadable(Action action, String selector, String where) throws BrowserTrouble {
    try {
      count(selector);
    } catch (PlaywrightException e) {
      throw understood(e, action, selector, where);
    }
  }

  static BrowserTrouble failed(Action action, String where, String what) {
    return lasting("action-failed", action, where, what);
  }

  static BrowserTrouble tooLarge(Action action, String where, String what) {
    return lasting(Trouble.TOO_LARGE.code(), action, where, what);
  }

  private static BrowserTrouble lasting(String code, Action action, String where, String what) {
    return new BrowserTrouble(code, "%s (%s): %s".formatted(where, action.word(), what), false);
  }

  private int count(String selector) {
    return page.locator(selector).count();
  }

  void pause(Duration time) {
    page.waitForTimeout((double) time.toMillis());
  }

  private void scroll(Action.Scroll scroll, String where) throws BrowserTrouble {
    String to = scroll.to();
    var percent = PERCENT.matcher(to);
    if (to.equals("top") || to.equals("bottom")) {
      scrollTo(to.equals("top") ? 0 : 1);
    } else if (percent.matches()) {
      scrollTo(Integer.parseInt(percent.group(1)) / 100.0);
    } else {
      on(
          scroll,
          to,
          where,
          one ->
              one.scrollIntoViewIfNeeded(
                  new Locator.ScrollIntoViewIfNeededOptions().setTimeout(PATIENCE_MILLIS)));
    }
  }

  private void scrollTo(double share) {
    page.evaluate(SCROLL, share);
  }
}
