package io.headgate.processor.scrape;

import io.headgate.extract.Selectors;
import io.headgate.extract.TimeBudget;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;

/** Selects the part of a page that the options ask for, such as the main content. */
final class MainContent {

  private static final String MAIN = "main, [role=main], article";
  private static final String SURROUNDINGS =
      "nav, aside, form, dialog, [role=navigation], [role=complementary], [role=search],"
          + " [role=dialog], [role=alertdialog], [role=menu], [aria-modal=true], [aria-hidden=true],"
          + " [hidden]";

  /** Removed only from the whole page; in an article they hold its title and notes. */
  private static final String HEADER_AND_FOOTER =
      "header, footer, [role=banner], [role=contentinfo]";

  private static final String INVISIBLE = "script, style, noscript, template, iframe, svg";

  /** Common class names and ids of page parts that are not content. */
  private static final Pattern SURROUNDING_NAMES =
      Pattern.compile(
          "(^|[-_ ])(cookie|cookies|consent|gdpr|banner|navbar|navigation|nav|menu|sidebar|breadcrumbs?"
              + "|footer|masthead|comments?|disqus|share|sharing|social|related|recommended|newsletter"
              + "|subscribe|subscription|popup|modal|overlay|promo|advert|advertisement|ads?|sponsored"
              + "|pagination|pager|skip-link|toolbar|widget)($|[-_ ])");

  /** An element with this share of the text is kept, whatever its class name. */
  private static final double MAX_REMOVED_SHARE = 0.5;

  /** A child holds the content if it has this share of the prose of its parent. */
  private static final double MIN_CONTENT_SHARE = 0.6;

  private static final Set<String> PROSE = Set.of("p", "pre", "blockquote", "td", "li", "dd");
  private static final int MIN_PROSE_LENGTH = 25;

  private MainContent() {}

  /** Returns the selected part as a copy; does not modify {@code page}. */
  static Element of(Document page, ScrapeOptions options, TimeBudget effort)
      throws InterruptedException {
    Document copy = page.clone();
    Element root = copy.body();
    if (options.mainContentOnly()) {
      root = selectMain(root, effort);
    }
    if (!options.include().isEmpty()) {
      root = keepOnly(copy, Selectors.all(root, Selectors.parse(options.include()), effort));
    }
    if (!options.exclude().isEmpty()) {
      remove(root, Selectors.all(root, Selectors.parse(options.exclude()), effort));
    }
    return root;
  }

  /** Removes what a browser does not show as text. */
  static Element removeInvisible(Element root) {
    remove(root, root.select(INVISIBLE));
    return root;
  }

  /**
   * Returns the largest element that is marked as main content. In a page without one, removes
   * elements whose names mark them as not content and returns the part with most of the prose.
   */
  private static Element selectMain(Element body, TimeBudget effort) throws InterruptedException {
    removeInvisible(body);
    Element marked = null;
    int longest = 0;
    for (Element candidate : body.select(MAIN)) {
      effort.step();
      int length = candidate.text().length();
      if (length > longest) {
        longest = length;
        marked = candidate;
      }
    }
    Element root = marked == null ? body : marked;
    remove(
        root, root.select(marked == null ? SURROUNDINGS + ", " + HEADER_AND_FOOTER : SURROUNDINGS));
    removeNamedSurroundings(root, effort);
    return marked == null ? densest(root, effort) : root;
  }

  private static void removeNamedSurroundings(Element root, TimeBudget effort)
      throws InterruptedException {
    int whole = root.text().length();
    for (Element element : root.getAllElements()) {
      effort.step();
      boolean inRoot = !element.equals(root) && element.parent() != null;
      if (inRoot
          && hasSurroundingName(element)
          && element.text().length() < whole * MAX_REMOVED_SHARE) {
        element.remove();
      }
    }
  }

  private static boolean hasSurroundingName(Element element) {
    String names = element.className() + " " + element.id();
    return names.length() > 1
        && !element.normalName().equals("article")
        && SURROUNDING_NAMES.matcher(names.toLowerCase(Locale.ROOT)).find();
  }

  /** Descends as long as one child has most of the prose. */
  private static Element densest(Element body, TimeBudget effort) throws InterruptedException {
    Map<Element, Integer> prose = new HashMap<>();
    for (Element element : body.getAllElements()) {
      effort.step();
      int length = PROSE.contains(element.normalName()) ? element.text().length() : 0;
      if (length >= MIN_PROSE_LENGTH) {
        int counted = length - linkTextLength(element);
        for (Element at = element; at != null; at = at.equals(body) ? null : at.parent()) {
          prose.merge(at, counted, Integer::sum);
        }
      }
    }
    Element at = body;
    while (true) {
      Element next = null;
      for (Element child : at.children()) {
        boolean dominant =
            prose.getOrDefault(child, 0) > prose.getOrDefault(at, 0) * MIN_CONTENT_SHARE;
        next = dominant && !PROSE.contains(child.normalName()) ? child : next;
      }
      if (next == null || next.normalName().equals("table") || isList(next)) {
        return at;
      }
      at = next;
    }
  }

  private static boolean isList(Element element) {
    return Set.of("ul", "ol", "dl", "tbody").contains(element.normalName());
  }

  private static int linkTextLength(Element element) {
    return element.select("a").stream().mapToInt(link -> link.text().length()).sum();
  }

  private static Element keepOnly(Document copy, Elements matches) {
    Element root = copy.createElement("div");
    Set<Element> all = new HashSet<>(matches);
    for (Element match : matches) {
      // A nested match is part of the outer one.
      if (match.parents().stream().noneMatch(all::contains)) {
        root.appendChild(match.clone());
      }
    }
    return root;
  }

  private static void remove(Element root, Elements unwanted) {
    for (Element element : unwanted) {
      if (!element.equals(root)) {
        element.remove();
      }
    }
  }
}
