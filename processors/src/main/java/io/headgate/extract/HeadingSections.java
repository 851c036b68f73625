package io.headgate.extract;

import java.util.Optional;
import org.jsoup.nodes.Element;
import org.jsoup.select.Evaluator;

/** Finds lists and tables by the heading above them. */
final class HeadingSections {

  private static final Evaluator HEADINGS = Selectors.parse("h1, h2, h3, h4, h5, h6");
  private static final Evaluator BODIES = Selectors.parse("ul, ol, dl, table");

  private HeadingSections() {}

  /** Returns the first list or table between a heading with that name and the next heading. */
  static Optional<Element> firstBodyAfter(PropertyNames names, Element root, TimeBudget budget)
      throws InterruptedException {
    for (Element heading : Selectors.all(root, HEADINGS, budget)) {
      if (names.matches(heading.text())) {
        for (Element sibling = heading.nextElementSibling();
            sibling != null && !sibling.normalName().matches("h[1-6]");
            sibling = sibling.nextElementSibling()) {
          Optional<Element> body = Selectors.first(sibling, BODIES, budget);
          if (body.isPresent()) {
            return body;
          }
        }
      }
    }
    return Optional.empty();
  }
}
