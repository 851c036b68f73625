package io.headgate.extract;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.nodes.Element;
import org.jsoup.select.Collector;
import org.jsoup.select.CombiningEvaluator;
import org.jsoup.select.Elements;
import org.jsoup.select.Evaluator;
import org.jsoup.select.QueryParser;
import org.jsoup.select.Selector;

/** Checks untrusted CSS selectors and runs them within a time limit. */
public final class Selectors {

  private static final int MAX_LENGTH = 1_000;
  private static final int MAX_COMBINATORS = 30;
  private static final Pattern COMBINATOR = Pattern.compile("\\s*[\\s>+~,]\\s*");
  private static final Pattern CONTENT_SELECTOR =
      Pattern.compile(":(has|contains|containsOwn|matches\\w*|contains\\w+)\\(");

  private Selectors() {}

  /**
   * Returns why a selector is rejected, as the end of a sentence that starts with its field; empty
   * if it is accepted.
   */
  public static Optional<String> invalidReason(String selector) {
    if (selector.isBlank()) {
      return Optional.of("is an empty CSS selector");
    }
    if (selector.length() > MAX_LENGTH) {
      return Optional.of("is longer than " + MAX_LENGTH + " characters");
    }
    if (COMBINATOR.matcher(selector).results().count() > MAX_COMBINATORS) {
      return Optional.of("combines more than " + MAX_COMBINATORS + " selectors");
    }
    if (CONTENT_SELECTOR.matcher(selector).results().count() > 1 && selector.contains(":has(")) {
      return Optional.of("uses :has() with another :has() or :contains(); keep only one");
    }
    try {
      QueryParser.parse(selector);
      return Optional.empty();
    } catch (Selector.SelectorParseException | IllegalArgumentException e) {
      return Optional.of("is not a CSS selector");
    }
  }

  /**
   * Parses an accepted selector.
   *
   * @param selector a selector that {@link #invalidReason} accepts
   */
  public static Evaluator parse(String selector) {
    return QueryParser.parse(selector);
  }

  /**
   * Returns all matches in {@code root}, including {@code root} itself, in document order.
   *
   * @throws TimeBudget.TimeBudgetExceeded if the search exceeds the time limit
   */
  public static Elements all(Element root, Evaluator selector, TimeBudget budget)
      throws InterruptedException {
    return run(
        () -> timeChecked(selector, budget, root).collect(Collectors.toCollection(Elements::new)));
  }

  /**
   * Returns the first match in {@code root}, including {@code root} itself.
   *
   * @throws TimeBudget.TimeBudgetExceeded if the search exceeds the time limit
   */
  public static Optional<Element> first(Element root, Evaluator selector, TimeBudget budget)
      throws InterruptedException {
    return run(() -> timeChecked(selector, budget, root).findFirst());
  }

  private static Stream<Element> timeChecked(Evaluator selector, TimeBudget budget, Element root) {
    return Collector.stream(
        new CombiningEvaluator.And(List.of(new TimeCheckingEvaluator(budget), selector)), root);
  }

  private static <T> T run(Supplier<T> search) throws InterruptedException {
    try {
      return search.get();
    } catch (SearchInterrupted e) {
      throw new InterruptedException();
    }
  }

  /** Matches every element and checks the time limit each time jsoup visits one. */
  private static final class TimeCheckingEvaluator extends Evaluator {

    private final TimeBudget budget;

    TimeCheckingEvaluator(TimeBudget budget) {
      this.budget = budget;
    }

    @Override
    public boolean matches(Element root, Element element) {
      try {
        budget.step();
        return true;
      } catch (InterruptedException e) {
        throw new SearchInterrupted();
      }
    }

    /** The lowest cost, so that jsoup evaluates it first. */
    @Override
    protected int cost() {
      return -1;
    }
  }

  /** Carries an interrupt through jsoup, whose evaluators cannot throw checked exceptions. */
  private static final class SearchInterrupted extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
