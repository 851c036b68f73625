package io.headgate.extract;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/** Converts a page to text with one line for each block element. */
public final class TextLines {

  /**
   * @param block the block element in which the line starts
   */
  record TextLine(String text, Element block) {}

  private static final Set<String> HIDDEN =
      Set.of("script", "style", "noscript", "template", "iframe", "svg", "head");

  private TextLines() {}

  /** Returns the visible text, with at most one empty line in a row. */
  public static String join(Element root) {
    return of(root).stream().map(TextLine::text).collect(Collectors.joining("\n")).strip();
  }

  static List<TextLine> of(Element root) {
    LineWriter writer = new LineWriter(root);
    root.traverse(writer);
    writer.end();
    return writer.lines;
  }

  private static final class LineWriter implements NodeVisitor {

    private static final Set<String> CELLS = Set.of("td", "th");

    private final List<TextLine> lines = new ArrayList<>();
    private final StringBuilder line = new StringBuilder();
    private Element block;
    private int hiddenDepth = -1;

    LineWriter(Element root) {
      this.block = root;
    }

    @Override
    public void head(Node node, int depth) {
      if (node instanceof Element element) {
        if (hiddenDepth < 0 && HIDDEN.contains(element.normalName())) {
          hiddenDepth = depth;
        }
        if (hiddenDepth < 0) {
          separate(element, element);
        }
      } else if (hiddenDepth < 0 && node instanceof TextNode text) {
        String content = text.text();
        line.append(endsWithSpace() ? content.stripLeading() : content);
      }
    }

    @Override
    public void tail(Node node, int depth) {
      if (node instanceof Element element && !element.normalName().equals("br")) {
        if (hiddenDepth < 0) {
          Element parent = element.parent();
          separate(element, parent == null ? element : parent);
        } else if (hiddenDepth == depth) {
          hiddenDepth = -1;
        }
      }
    }

    private void separate(Element element, Element next) {
      String name = element.normalName();
      if (CELLS.contains(name)) {
        line.append(endsWithSpace() ? "" : " ");
      } else if (name.equals("br")) {
        end();
      } else if (element.isBlock()) {
        if (!line.isEmpty()) {
          end();
        }
        block = next;
      }
    }

    private boolean endsWithSpace() {
      return line.isEmpty() || Character.isWhitespace(line.charAt(line.length() - 1));
    }

    /** Ends the line; drops an empty line that follows an empty one. */
    void end() {
      String text = line.toString().strip();
      line.setLength(0);
      if (!text.isEmpty() || (!lines.isEmpty() && !lines.getLast().text().isEmpty())) {
        lines.add(new TextLine(text, block));
      }
    }
  }
}
