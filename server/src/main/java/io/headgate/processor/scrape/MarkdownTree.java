package io.headgate.processor.scrape;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/**
 * Copies a page without what Markdown cannot express: no scripts, no relative URLs, no nested
 * tables and limited depth. The Markdown converter takes exponential time for nested tables.
 */
final class MarkdownTree implements NodeVisitor {

  private static final int DEEPEST = 40;
  private static final Set<String> NEVER_READ =
      Set.of("script", "style", "noscript", "template", "iframe", "svg", "head");
  private static final Set<String> TABLE =
      Set.of("table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "td", "th");
  private static final Set<String> CELLS = Set.of("td", "th");

  private final Deque<Element> open = new ArrayDeque<>();
  private final StringBuilder words = new StringBuilder();
  private Element at;
  private int cells;
  private int unseen = -1;

  private MarkdownTree(Element copy) {
    this.at = copy;
  }

  static Element of(Element root) {
    Element copy = new Element(root.tag(), root.baseUri());
    MarkdownTree tree = new MarkdownTree(copy);
    for (Node child : root.childNodes()) {
      child.traverse(tree);
    }
    tree.flush();
    return copy;
  }

  /** Merges adjacent text nodes, because jsoup prints many of them in quadratic time. */
  private void flush() {
    if (!words.isEmpty()) {
      at.appendChild(new TextNode(words.toString()));
      words.setLength(0);
    }
  }

  @Override
  public void head(Node node, int depth) {
    if (unseen >= 0) {
      return;
    }
    if (node instanceof TextNode text) {
      words.append(text.getWholeText());
    } else if (node instanceof Element element) {
      enter(element, depth);
    }
  }

  private void enter(Element element, int depth) {
    String name = element.normalName();
    if (NEVER_READ.contains(name)) {
      unseen = depth;
    } else if (open.size() < DEEPEST && !(cells > 0 && TABLE.contains(name))) {
      flush();
      Element copy = element.shallowClone();
      absolute(element, copy, "href");
      absolute(element, copy, "src");
      at.appendChild(copy);
      at = copy;
      open.push(element);
      cells += CELLS.contains(name) ? 1 : 0;
    } else if (element.isBlock()) {
      words.append(' ');
    }
  }

  private static void absolute(Element from, Element to, String attribute) {
    String url = from.hasAttr(attribute) ? from.absUrl(attribute) : "";
    if (!url.isEmpty()) {
      to.attr(attribute, url);
    }
  }

  @Override
  public void tail(Node node, int depth) {
    if (unseen == depth && node instanceof Element element && isUnseen(element)) {
      unseen = -1;
    } else if (unseen < 0 && !open.isEmpty() && node.equals(open.peek())) {
      flush();
      cells -= CELLS.contains(open.pop().normalName()) ? 1 : 0;
      Element parent = at.parent();
      at = parent == null ? at : parent;
    }
  }

  private static boolean isUnseen(Element element) {
    return NEVER_READ.contains(element.normalName());
  }
}
