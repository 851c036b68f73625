package io.headgate.processor.scrape;

import com.vladsch.flexmark.html2md.converter.FlexmarkHtmlConverter;
import com.vladsch.flexmark.util.data.MutableDataSet;
import io.headgate.processor.scrape.ScrapeOptions.Field;
import io.headgate.processor.scrape.ScrapeOptions.Output;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.Elements;
import org.jsoup.select.NodeVisitor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Takes out of a page what was asked for. Links and images come out absolute. */
final class Extraction {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Set<String> ADDRESSES = Set.of("href", "src", "action", "poster", "cite");
  private static final FlexmarkHtmlConverter MARKDOWN =
      FlexmarkHtmlConverter.builder(
              new MutableDataSet()
                  .set(FlexmarkHtmlConverter.SETEXT_HEADINGS, false)
                  .set(FlexmarkHtmlConverter.OUTPUT_ATTRIBUTES_ID, false)
                  .set(FlexmarkHtmlConverter.MAX_BLANK_LINES, 1))
          .build();

  private final Document page;
  private final ScrapeOptions options;

  Extraction(Document page, ScrapeOptions options) {
    this.page = page;
    this.options = options;
  }

  /** The text of the page, as Markdown, plain text or HTML. */
  String content(Output output) {
    Element root = MainContent.of(page, options);
    return switch (output) {
      case MARKDOWN -> MARKDOWN.convert(absolute(MainContent.readable(root)).outerHtml()).strip();
      case TEXT -> text(MainContent.readable(root));
      case HTML, LINKS, METADATA -> wholePage() ? page.outerHtml() : root.outerHtml();
    };
  }

  private boolean wholePage() {
    return !options.mainContentOnly() && options.include().isEmpty() && options.exclude().isEmpty();
  }

  private static Element absolute(Element root) {
    for (String attribute : List.of("href", "src")) {
      for (Element element : root.select("[" + attribute + "]")) {
        String url = element.absUrl(attribute);
        if (!url.isEmpty()) {
          element.attr(attribute, url);
        }
      }
    }
    return root;
  }

  private static String text(Element root) {
    Lines lines = new Lines();
    root.traverse(lines);
    return lines
        .out
        .toString()
        .replaceAll("[ \\t]*\\n[ \\t]*", "\n")
        .replaceAll("\\n{3,}", "\n\n")
        .strip();
  }

  /** Every place the page links to, once, in page order. */
  ArrayNode links() {
    Map<String, String> byUrl = new LinkedHashMap<>();
    for (Element link : MainContent.of(page, options).select("a[href], area[href]")) {
      String url = link.absUrl("href");
      if (url.startsWith("http:") || url.startsWith("https:")) {
        byUrl.merge(url, link.text(), (first, next) -> first.isEmpty() ? next : first);
      }
    }
    ArrayNode links = JSON.arrayNode();
    byUrl.forEach((url, text) -> links.addObject().put("url", url).put("text", text));
    return links;
  }

  /** What the head of the page says about it. */
  ObjectNode metadata() {
    ObjectNode found = JSON.objectNode();
    found.put("title", page.title());
    found.put("language", page.select("html").attr("lang"));
    found.put("canonical_url", page.select("link[rel=canonical]").attr("abs:href"));
    found.put("icon_url", page.select("link[rel~=(?i)\\bicon\\b]").attr("abs:href"));
    ObjectNode meta = found.putObject("meta");
    for (Element element : page.select("meta[content]")) {
      String name = element.hasAttr("property") ? element.attr("property") : element.attr("name");
      if (!name.isBlank() && !meta.has(name)) {
        meta.put(name, element.attr("content"));
      }
    }
    return found;
  }

  /** The fields by name: the first match or null, or an array of all. */
  ObjectNode fields(Map<String, Field> byName) {
    Element root = MainContent.of(page, options);
    ObjectNode fields = JSON.objectNode();
    byName.forEach((name, field) -> fields.set(name, value(root, field)));
    return fields;
  }

  private static JsonNode value(Element root, Field field) {
    Elements matches = root.select(field.selector());
    if (field.all()) {
      ArrayNode values = JSON.arrayNode();
      matches.forEach(match -> values.add(value(match, field.attribute())));
      return values;
    }
    Element first = matches.first();
    return first == null ? JSON.nullNode() : value(first, field.attribute());
  }

  private static JsonNode value(Element match, String attribute) {
    if (attribute.isEmpty()) {
      return JSON.stringNode(match.text());
    }
    if (!match.hasAttr(attribute)) {
      return JSON.nullNode();
    }
    String absolute = ADDRESSES.contains(attribute) ? match.absUrl(attribute) : "";
    return JSON.stringNode(absolute.isEmpty() ? match.attr(attribute) : absolute);
  }

  /** Text with a line for every block. */
  private static final class Lines implements NodeVisitor {

    private static final Set<String> CELLS = Set.of("td", "th");

    private final StringBuilder out = new StringBuilder();

    @Override
    public void head(Node node, int depth) {
      if (node instanceof TextNode text) {
        String words = text.text();
        out.append(spaced() ? words.stripLeading() : words);
      } else if (node instanceof Element element) {
        separate(element);
      }
    }

    @Override
    public void tail(Node node, int depth) {
      if (node instanceof Element element) {
        separate(element);
      }
    }

    private void separate(Element element) {
      String name = element.normalName();
      if (CELLS.contains(name)) {
        out.append(spaced() ? "" : " ");
      } else if (name.equals("br") || (element.isBlock() && !lineEnded())) {
        out.append('\n');
      }
    }

    private boolean spaced() {
      return out.isEmpty() || Character.isWhitespace(out.charAt(out.length() - 1));
    }

    private boolean lineEnded() {
      return out.isEmpty() || out.charAt(out.length() - 1) == '\n';
    }
  }
}
