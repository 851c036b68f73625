package io.headgate.extract;

import java.util.Optional;
import org.jsoup.nodes.Element;
import org.jsoup.select.Evaluator;

/** Finds lists and tables by the heading above them. */
final class Headed {

  private static final Evaluator HEADINGS = Selectors.parse("h1, h2, h3, h4, h5, h6");
  private static final Evaluator BODIES = Selectors.parse("ul, ol, dl, table");

  private Headed() {}

  /** Returns the first list or table between a heading with that name and the next heading. */
  static Optional<Element> by(Names names, Element root, Effort effort)
      throws InterruptedException {
    for (Element heading : Selectors.all(root, HEADINGS, effort)) {
      if (names.match(heading.text())) {
        for (Element at = heading.nextElementSibling();
            at != null && !at.normalName().matches("h[1-6]");
            at = at.nextElementSibling()) {
          Optional<Element> body = Selectors.first(at, BODIES, effort);
          if (body.isPresent()) {
            return body;
          }
        }
      }
    }
    return Optional.empty();
  }
}
