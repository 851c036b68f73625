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

  private static final int LONGEST = 1_000;
  private static final int MOST_COMBINATIONS = 30;
  private static final Pattern COMBINATION = Pattern.compile("\\s*[\\s>+~,]\\s*");
  private static final Pattern LOOKS_INSIDE =
      Pattern.compile(":(has|contains|containsOwn|matches\\w*|contains\\w+)\\(");

  private Selectors() {}

  /**
   * Returns why a selector is rejected, as the end of a sentence that starts with its field; empty
   * if it is accepted.
   */
  public static Optional<String> objection(String selector) {
    if (selector.isBlank()) {
      return Optional.of("is an empty CSS selector");
    }
    if (selector.length() > LONGEST) {
      return Optional.of("is longer than " + LONGEST + " characters");
    }
    if (COMBINATION.matcher(selector).results().count() > MOST_COMBINATIONS) {
      return Optional.of("combines more than " + MOST_COMBINATIONS + " selectors");
    }
    if (LOOKS_INSIDE.matcher(selector).results().count() > 1 && selector.contains(":has(")) {
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
   * @param selector a selector that {@link #objection} accepts
   */
  public static Evaluator parse(String selector) {
    return QueryParser.parse(selector);
  }

  /**
   * Returns all matches in {@code root}, including {@code root} itself, in document order.
   *
   * @throws Effort.Spent if the search exceeds the time limit
   */
  public static Elements all(Element root, Evaluator selector, Effort effort)
      throws InterruptedException {
    return run(
        () -> watched(selector, effort, root).collect(Collectors.toCollection(Elements::new)));
  }

  /**
   * Returns the first match in {@code root}, including {@code root} itself.
   *
   * @throws Effort.Spent if the search exceeds the time limit
   */
  public static Optional<Element> first(Element root, Evaluator selector, Effort effort)
      throws InterruptedException {
    return run(() -> watched(selector, effort, root).findFirst());
  }

  private static Stream<Element> watched(Evaluator selector, Effort effort, Element root) {
    return Collector.stream(new CombiningEvaluator.And(List.of(new Watch(effort), selector)), root);
  }

  private static <T> T run(Supplier<T> search) throws InterruptedException {
    try {
      return search.get();
    } catch (Stopped e) {
      throw new InterruptedException();
    }
  }

  /** Matches every element and checks the time limit each time jsoup visits one. */
  private static final class Watch extends Evaluator {

    private final Effort effort;

    Watch(Effort effort) {
      this.effort = effort;
    }

    @Override
    public boolean matches(Element root, Element element) {
      try {
        effort.step();
        return true;
      } catch (InterruptedException e) {
        throw new Stopped();
      }
    }

    /** The lowest cost, so that jsoup evaluates it first. */
    @Override
    protected int cost() {
      return -1;
    }
  }

  /** Carries an interrupt through jsoup, whose evaluators cannot throw checked exceptions. */
  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
