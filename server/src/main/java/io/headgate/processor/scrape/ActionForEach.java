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

/** Goes through the things a selector matches, page after page, and takes a piece for each. */
final class ActionForEach {

  private static final double PATIENCE_MILLIS = 10_000;
  private static final String LINK_OF =
      "thing => (thing.closest('a[href]') || thing.querySelector('a[href]') || {}).href || ''";

  /** Of none at all it is empty, at once: other ways to ask wait for one to come. */
  private static final String HTML_OF_FIRST = "all => all.length ? all[0].outerHTML : ''";

  private final Page page;
  private final ActionRunner runner;
  private final Action.ForEach each;
  private final List<Piece> pieces = new ArrayList<>();
  private final List<Link> links = new ArrayList<>();

  /** To be followed once all pages of the list were seen: following leaves the list. */
  private record Link(int page, String url) {}

  ActionForEach(Page page, ActionRunner runner, Action.ForEach each) {
    this.page = page;
    this.runner = runner;
    this.each = each;
  }

  /**
   * @throws BrowserTrouble when nothing on the first page matches, or an action inside fails
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
    pieces.add(new Piece(number, page.url(), html(taken)));
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
      page.keyboard().press("Escape"); // closes what the click may have opened over the list
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
    pieces.add(new Piece(number, page.url(), html(page.locator(selector).first())));
  }

  /** Nothing to capture is an empty piece: the others are worth having. */
  private static String html(Locator one) {
    return String.valueOf(one.evaluateAll(HTML_OF_FIRST));
  }

  /** False when there is no further page, or nothing here to tell another page by. */
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
    String before = page.url() + html(things);
    try {
      next.click(new Locator.ClickOptions().setTimeout(PATIENCE_MILLIS));
    } catch (TimeoutError e) {
      throw ActionRunner.failed(
          each, where, "'" + pagination.get().nextSelector() + "' cannot be clicked");
    }
    return changed(before);
  }

  /** Waits for other things to be there: by another page, or by a script on this one. */
  private boolean changed(String before) {
    try {
      page.waitForCondition(
          () -> {
            Locator first = page.locator(each.observe()).first();
            return first.count() > 0 && !before.equals(page.url() + html(first));
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
