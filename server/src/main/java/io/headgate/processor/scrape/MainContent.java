package io.headgate.processor.scrape;

import java.util.Comparator;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;

/** The part of a page that a batch wants. */
final class MainContent {

  private static final String MAIN = "main, [role=main], article";
  private static final String AROUND =
      "nav, aside, form, dialog, [role=navigation], [role=complementary], [role=search],"
          + " [aria-hidden=true], [hidden]";

  /** Of the page as a whole; inside an article they hold its title and its notes. */
  private static final String EDGES = "header, footer, [role=banner], [role=contentinfo]";

  private static final String NEVER_READ = "script, style, noscript, template, iframe, svg";

  private MainContent() {}

  /** The wanted parts, in a document of their own; the given one stays as it is. */
  static Element of(Document page, ScrapeOptions options) {
    Document copy = page.clone();
    Element root = copy.body();
    if (options.mainContentOnly()) {
      root = largest(root);
      remove(root, root.equals(copy.body()) ? AROUND + ", " + EDGES : AROUND);
    }
    if (!options.include().isEmpty()) {
      root = only(copy, root.select(options.include()));
    }
    if (!options.exclude().isEmpty()) {
      remove(root, options.exclude());
    }
    return root;
  }

  /** Takes out what a browser does not show as text. */
  static Element readable(Element root) {
    remove(root, NEVER_READ);
    return root;
  }

  private static Element largest(Element body) {
    return body.select(MAIN).stream()
        .max(Comparator.comparingInt(element -> element.text().length()))
        .orElse(body);
  }

  private static Element only(Document copy, Elements matches) {
    Element root = copy.createElement("div");
    for (Element match : matches) {
      // A match inside another one comes with it.
      if (match.parents().stream().noneMatch(matches::contains)) {
        root.appendChild(match.clone());
      }
    }
    return root;
  }

  private static void remove(Element root, String selector) {
    for (Element element : root.select(selector)) {
      if (!element.equals(root)) {
        element.remove();
      }
    }
  }
}
