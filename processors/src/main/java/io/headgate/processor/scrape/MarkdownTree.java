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

  private static final int MAX_DEPTH = 40;
  private static final Set<String> INVISIBLE =
      Set.of("script", "style", "noscript", "template", "iframe", "svg", "head");
  private static final Set<String> TABLE =
      Set.of("table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "td", "th");
  private static final Set<String> CELLS = Set.of("td", "th");

  private final Deque<Element> open = new ArrayDeque<>();
  private final StringBuilder pendingText = new StringBuilder();
  private Element current;
  private int cells;
  private int hiddenDepth = -1;

  private MarkdownTree(Element copy) {
    this.current = copy;
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
    if (!pendingText.isEmpty()) {
      current.appendChild(new TextNode(pendingText.toString()));
      pendingText.setLength(0);
    }
  }

  @Override
  public void head(Node node, int depth) {
    if (hiddenDepth >= 0) {
      return;
    }
    if (node instanceof TextNode text) {
      pendingText.append(text.getWholeText());
    } else if (node instanceof Element element) {
      enter(element, depth);
    }
  }

  private void enter(Element element, int depth) {
    String name = element.normalName();
    if (INVISIBLE.contains(name)) {
      hiddenDepth = depth;
    } else if (open.size() < MAX_DEPTH && !(cells > 0 && TABLE.contains(name))) {
      flush();
      Element copy = element.shallowClone();
      copyAbsoluteUrl(element, copy, "href");
      copyAbsoluteUrl(element, copy, "src");
      current.appendChild(copy);
      current = copy;
      open.push(element);
      cells += CELLS.contains(name) ? 1 : 0;
    } else if (element.isBlock()) {
      pendingText.append(' ');
    }
  }

  private static void copyAbsoluteUrl(Element from, Element to, String attribute) {
    String url = from.hasAttr(attribute) ? from.absUrl(attribute) : "";
    if (!url.isEmpty()) {
      to.attr(attribute, url);
    }
  }

  @Override
  public void tail(Node node, int depth) {
    if (hiddenDepth == depth && node instanceof Element element && isInvisible(element)) {
      hiddenDepth = -1;
    } else if (hiddenDepth < 0 && !open.isEmpty() && node.equals(open.peek())) {
      flush();
      cells -= CELLS.contains(open.pop().normalName()) ? 1 : 0;
      Element parent = current.parent();
      current = parent == null ? current : parent;
    }
  }

  private static boolean isInvisible(Element element) {
    return INVISIBLE.contains(element.normalName());
  }
}
