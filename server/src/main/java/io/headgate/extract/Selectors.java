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

/** CSS selectors of strangers: checked before use, and used within an effort. */
public final class Selectors {

  private static final int LONGEST = 1_000;
  private static final int MOST_COMBINATIONS = 30;
  private static final Pattern COMBINATION = Pattern.compile("\\s*[\\s>+~,]\\s*");
  private static final Pattern LOOKS_INSIDE =
      Pattern.compile(":(has|contains|containsOwn|matches\\w*|contains\\w+)\\(");

  private Selectors() {}

  /** Why a selector is not used; empty when it is. Continues a sentence that names its place. */
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
      return Optional.of("looks inside elements more than once, keep one :has() or :contains()");
    }
    try {
      QueryParser.parse(selector);
      return Optional.empty();
    } catch (Selector.SelectorParseException | IllegalArgumentException e) {
      return Optional.of("is not a CSS selector");
    }
  }

  /**
   * @param selector one without {@link #objection}
   */
  public static Evaluator parse(String selector) {
    return QueryParser.parse(selector);
  }

  /** Every match within {@code root}, itself included, in page order. */
  public static Elements all(Element root, Evaluator selector, Effort effort)
      throws InterruptedException {
    return run(
        () -> watched(selector, effort, root).collect(Collectors.toCollection(Elements::new)));
  }

  /** The first match within {@code root}, itself included. */
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

  /** Matches everything, and looks at the time with every element the library comes to. */
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

    /** Cheapest, so that it is asked first. */
    @Override
    protected int cost() {
      return -1;
    }
  }

  /** Carries an interrupt through the library. */
  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
