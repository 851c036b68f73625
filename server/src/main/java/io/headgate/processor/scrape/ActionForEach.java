package io.headgate.processor.scrape;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.WaitUntilState;
import io.headgate.browser.BrowserTrouble;
import io.headgate.outbound.Target;
import io.headgate.processor.scrape.ActionRunner.Gathered;
import io.headgate.processor.scrape.ActionRunner.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs a for_each action: captures a piece for each matching element, over all pages. */
final class ActionForEach {

  private static final double PATIENCE_MILLIS = 10_000;

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
  private static final int COMPARED = 1_000_000;

  private final Page page;
  private final ActionRunner runner;
  private final Action.ForEach each;
  private final Basket basket;
  private final List<Piece> pieces = new ArrayList<>();
  private final List<Link> links = new ArrayList<>();

  /** A link to follow after all pages of the list are processed, because that leaves the list. */
  private record Link(int page, String url) {}

  ActionForEach(Page page, ActionRunner runner, Action.ForEach each, Basket basket) {
    this.page = page;
    this.runner = runner;
    this.each = each;
    this.basket = basket;
  }

  /**
   * Runs the action.
   *
   * @param where path of the action for error messages, such as {@code actions.0}
   * @throws BrowserTrouble if nothing on the first page matches or a nested action fails
   */
  Gathered run(String where) throws BrowserTrouble {
    requireReadable(each.observe(), where);
    requireReadable(each.capture(), where);
    requireReadable(each.pagination().map(Action.Pagination::nextSelector).orElse(""), where);
    String list = page.url();
    int pages = each.pagination().map(Action.Pagination::maxPages).orElse(1);
    for (int number = 1; number <= pages; number++) {
      things(number, where);
      if (isFull() || number == pages || !next(where)) {
        break;
      }
    }
    if (each.mode() == Action.Mode.NAVIGATE) {
      follow(where);
      page.navigate(list, loaded());
    }
    return new Gathered(each.observe(), List.copyOf(pieces));
  }

  private void requireReadable(String selector, String where) throws BrowserTrouble {
    if (!selector.isEmpty()) {
      runner.requireReadable(each, selector, where);
    }
  }

  private boolean isFull() {
    return Math.max(pieces.size(), links.size()) >= each.maxItems();
  }

  private void things(int number, String where) throws BrowserTrouble {
    Locator all = page.locator(each.observe());
    try {
      all.first().waitFor(new Locator.WaitForOptions().setTimeout(PATIENCE_MILLIS));
    } catch (TimeoutError e) {
      if (number == 1) {
        throw ActionRunner.failed(each, where, "'" + each.observe() + "' is not on the page");
      }
    }
    int count = all.count();
    for (int i = 0; i < count && !isFull(); i++) {
      Locator thing = page.locator(each.observe()).nth(i);
      switch (each.mode()) {
        case INLINE -> inline(number, thing, where);
        case CLICK -> click(number, thing, where);
        case NAVIGATE -> links.add(new Link(number, (String) thing.evaluate(LINK_OF)));
      }
    }
  }

  private void inline(int number, Locator thing, String where) throws BrowserTrouble {
    runner.run(each.actions(), where + ".actions");
    Locator taken = each.capture().isEmpty() ? thing : thing.locator(each.capture()).first();
    gather(number, taken, where);
  }

  private void gather(int number, Locator taken, String where) throws BrowserTrouble {
    refuseIf(basket.full(), where);
    Optional<String> html = html(taken, basket.room());
    if (html.isEmpty()) {
      throw ActionRunner.tooLarge(each, where, basket.tooMuch());
    }
    Piece piece = new Piece(number, page.url(), html.get());
    refuseIf(basket.put(piece), where);
    pieces.add(piece);
  }

  private void refuseIf(Optional<String> reason, String where) throws BrowserTrouble {
    if (reason.isPresent()) {
      throw ActionRunner.tooLarge(each, where, reason.get());
    }
  }

  private void click(int number, Locator thing, String where) throws BrowserTrouble {
    String before = page.url();
    try {
      thing.click(new Locator.ClickOptions().setTimeout(PATIENCE_MILLIS));
    } catch (TimeoutError e) {
      throw ActionRunner.failed(each, where, "'" + each.observe() + "' cannot be clicked");
    }
    runner.pause(each.waitAfterClick());
    take(number, where);
    if (page.url().equals(before)) {
      page.keyboard()
          .press("Escape"); // closes a dialog that the click may have opened over the list
    } else {
      page.navigate(before, loaded());
    }
  }

  private void follow(String where) throws BrowserTrouble {
    for (Link link : links) {
      if (Target.parse(link.url()) instanceof Target.Url url) {
        page.navigate(url.toString(), loaded());
        runner.pause(each.waitAfterClick());
        take(link.page(), where);
      } else {
        throw ActionRunner.failed(each, where, "'" + each.observe() + "' has no link to follow");
      }
    }
  }

  private void take(int number, String where) throws BrowserTrouble {
    runner.run(each.actions(), where + ".actions");
    String selector = each.capture().isEmpty() ? "body" : each.capture();
    gather(number, page.locator(selector).first(), where);
  }

  /**
   * Returns the HTML of the first match; "" if nothing matches, so that one missing piece does not
   * fail the others.
   *
   * @return empty if the HTML has more than {@code most} characters; it is then not copied
   */
  private static Optional<String> html(Locator one, int most) {
    return Optional.ofNullable((String) one.evaluateAll(HTML_OF_FIRST, most));
  }

  private String looks(Locator things) {
    return page.url() + html(things, COMPARED).orElse("");
  }

  /** Opens the next page; false if there is none or this page has nothing to compare it with. */
  private boolean next(String where) throws BrowserTrouble {
    Optional<Action.Pagination> pagination = each.pagination();
    if (pagination.isEmpty()) {
      return false;
    }
    Locator next = page.locator(pagination.get().nextSelector()).first();
    if (next.count() == 0 || !next.isVisible() || !next.isEnabled()) {
      return false;
    }
    Locator things = page.locator(each.observe());
    if (things.count() == 0) {
      return false;
    }
    String before = looks(things);
    try {
      next.click(new Locator.ClickOptions().setTimeout(PATIENCE_MILLIS));
    } catch (TimeoutError e) {
      throw ActionRunner.failed(
          each, where, "'" + pagination.get().nextSelector() + "' cannot be clicked");
    }
    return changed(before);
  }

  /** Waits until the elements differ, after a navigation or a script on the same page. */
  private boolean changed(String before) {
    try {
      page.waitForCondition(
          () -> {
            Locator first = page.locator(each.observe()).first();
            return first.count() > 0 && !before.equals(looks(first));
          },
          new Page.WaitForConditionOptions().setTimeout(PATIENCE_MILLIS));
      return true;
    } catch (TimeoutError e) {
      return false;
    }
  }

  private static Page.NavigateOptions loaded() {
    return new Page.NavigateOptions().setWaitUntil(WaitUntilState.DOMCONTENTLOADED);
  }
}
