package io.headgate.processor.scrape;

import com.vladsch.flexmark.html2md.converter.FlexmarkHtmlConverter;
import com.vladsch.flexmark.util.data.MutableDataSet;
import io.headgate.extract.Selectors;
import io.headgate.extract.TextLines;
import io.headgate.extract.TimeBudget;
import io.headgate.processor.scrape.OutputSpec.FieldSpec;
import io.headgate.processor.scrape.OutputSpec.ScrapeOutput;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;
import org.jsoup.select.Evaluator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Produces the outputs of a page. URLs of links and images are absolute. */
final class PageConverter {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Set<String> URL_ATTRIBUTES =
      Set.of("href", "src", "action", "poster", "cite");
  private static final FlexmarkHtmlConverter MARKDOWN =
      FlexmarkHtmlConverter.builder(
              new MutableDataSet()
                  .set(FlexmarkHtmlConverter.SETEXT_HEADINGS, false)
                  .set(FlexmarkHtmlConverter.OUTPUT_ATTRIBUTES_ID, false)
                  .set(FlexmarkHtmlConverter.MAX_BLANK_LINES, 1))
          .build();

  private final Document page;
  private final ScrapeOptions options;
  private final TimeBudget effort;
  private @Nullable Element root;

  PageConverter(Document page, ScrapeOptions options, TimeBudget effort) {
    this.page = page;
    this.options = options;
    this.effort = effort;
  }

  /** Returns the content of the page as Markdown, plain text or HTML. */
  String content(ScrapeOutput format) throws InterruptedException {
    return switch (format) {
      case MARKDOWN -> markdown(root());
      case TEXT -> TextLines.join(root());
      case HTML, LINKS, METADATA, JSON -> wholePage() ? page.outerHtml() : root().outerHtml();
    };
  }

  /** The selected part of the page, computed once. A copy unless it is the whole page. */
  private Element root() throws InterruptedException {
    if (root == null) {
      root = wholePage() ? page.body() : MainContent.of(page, options, effort);
    }
    return root;
  }

  private boolean wholePage() {
    return !options.mainContentOnly() && options.include().isEmpty() && options.exclude().isEmpty();
  }

  private static String markdown(Element root) {
    return MARKDOWN.convert(MarkdownTree.of(root).outerHtml()).strip();
  }

  /** Returns each HTTP link of the page once, in document order. */
  ArrayNode links() throws InterruptedException {
    Map<String, String> byUrl = new LinkedHashMap<>();
    for (Element link : root().select("a[href], area[href]")) {
      String url = link.absUrl("href");
      if (url.startsWith("http:") || url.startsWith("https:")) {
        byUrl.merge(url, link.text(), (first, next) -> first.isEmpty() ? next : first);
      }
    }
    ArrayNode links = JSON.arrayNode();
    byUrl.forEach((url, text) -> links.addObject().put("url", url).put("text", text));
    return links;
  }

  /** Returns the metadata in the head of the page. */
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

  /** Returns the fields by name: the first match or null, or an array of all matches. */
  ObjectNode fields(Map<String, FieldSpec> byName) throws InterruptedException {
    ObjectNode fields = JSON.objectNode();
    for (Map.Entry<String, FieldSpec> field : byName.entrySet()) {
      fields.set(field.getKey(), value(root(), field.getValue()));
    }
    return fields;
  }

  private JsonNode value(Element part, FieldSpec field) throws InterruptedException {
    Evaluator selector = Selectors.parse(field.selector());
    if (field.all()) {
      Elements matches = Selectors.all(part, selector, effort);
      ArrayNode values = JSON.arrayNode();
      matches.forEach(match -> values.add(value(match, field.attribute())));
      return values;
    }
    return Selectors.first(part, selector, effort)
        .map(first -> value(first, field.attribute()))
        .orElse(JSON.nullNode());
  }

  private static JsonNode value(Element match, String attribute) {
    if (attribute.isEmpty()) {
      return JSON.stringNode(match.text());
    }
    if (!match.hasAttr(attribute)) {
      return JSON.nullNode();
    }
    String absolute = URL_ATTRIBUTES.contains(attribute) ? match.absUrl(attribute) : "";
    return JSON.stringNode(absolute.isEmpty() ? match.attr(attribute) : absolute);
  }
}
