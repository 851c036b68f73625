package io.headgate.extract;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The part of the input in which values are searched: a page, an element, a text or an object. */
final class SearchScope {

  /** The sources of a value, most reliable first. */
  enum ValueOrigin {
    CELL,
    DATA,
    META,
    LABEL
  }

  private final @Nullable Element element;
  private final String text;
  private final Entities entities;
  private final MetaTags meta;
  private final Tables.@Nullable TableRow row;
  private final @Nullable PropertyNames ownerNames;
  private final PageContext context;
  private @Nullable LabelledValues labels;

  /**
   * @param base URL against which relative URLs are resolved; empty for none
   * @param language language tag of the page; empty if it declares none
   */
  private record PageContext(String base, String language) {
    static final PageContext UNKNOWN = new PageContext("", "");

    static PageContext of(Element element) {
      Document page = element.ownerDocument();
      Element html = page == null ? null : page.firstElementChild();
      return new PageContext(element.baseUri(), html == null ? "" : html.attr("lang"));
    }
  }

  private SearchScope(
      @Nullable Element element,
      String text,
      Entities entities,
      MetaTags meta,
      Tables.@Nullable TableRow row,
      @Nullable PropertyNames ownerNames,
      PageContext context) {
    this.element = element;
    this.text = text;
    this.entities = entities;
    this.meta = meta;
    this.row = row;
    this.ownerNames = ownerNames;
    this.context = context;
  }

  static SearchScope of(ExtractionSource source, TimeBudget budget) throws InterruptedException {
    return switch (source) {
      case ExtractionSource.HtmlSource(Document page) ->
          new SearchScope(
              page,
              "",
              StructuredData.ofPage(page, budget),
              MetaTags.of(page, budget),
              null,
              null,
              PageContext.of(page));
      case ExtractionSource.TextSource(String text) ->
          new SearchScope(
              null, text, Entities.NONE, MetaTags.none(), null, null, PageContext.UNKNOWN);
      case ExtractionSource.JsonSource(var json) -> {
        Entities data = StructuredData.ofJson(json);
        yield new SearchScope(null, "", data, MetaTags.none(), null, null, PageContext.UNKNOWN);
      }
    };
  }

  /** Narrows the scope to objects of its structured data; base URL and language stay. */
  SearchScope ofData(List<ObjectNode> objects) {
    return new SearchScope(null, "", entities.of(objects), MetaTags.none(), null, null, context);
  }

  /** In a scope that has only data, skips objects that merely wrap the requested properties. */
  SearchScope unwrappedFor(SchemaNode.ObjectSchema objectSchema, TimeBudget budget)
      throws InterruptedException {
    return element != null || !text.isEmpty()
        ? this
        : new SearchScope(
            null, "", entities.unwrappedFor(objectSchema, budget), meta, row, ownerNames, context);
  }

  /** Narrows the scope to an element of the page. */
  static SearchScope within(Element element, TimeBudget budget) throws InterruptedException {
    return new SearchScope(
        element,
        "",
        StructuredData.within(element, budget),
        MetaTags.none(),
        null,
        null,
        PageContext.of(element));
  }

  static SearchScope ofRow(Tables.TableRow row, TimeBudget budget) throws InterruptedException {
    return new SearchScope(
        row.element(),
        "",
        StructuredData.within(row.element(), budget),
        MetaTags.none(),
        row,
        null,
        PageContext.of(row.element()));
  }

  /** The same scope for the properties of a named object: labels must start with its name. */
  SearchScope forObject(PropertyNames objectNames) {
    SearchScope scope =
        new SearchScope(element, text, Entities.NONE, meta, null, objectNames, context);
    scope.labels = labels;
    return scope;
  }

  /** The same scope with its entities sorted by how well they match the group. */
  SearchScope rankedFor(SchemaNode.ObjectSchema objectSchema, TimeBudget budget)
      throws InterruptedException {
    Entities ranked = entities.rankedFor(objectSchema, budget);
    SearchScope scope = new SearchScope(element, text, ranked, meta, row, ownerNames, context);
    scope.labels = labels;
    return scope;
  }

  Optional<Element> element() {
    return Optional.ofNullable(element);
  }

  Entities entities() {
    return entities;
  }

  boolean isEmpty() {
    return element == null && text.isEmpty();
  }

  /** The visible text, in which regular expressions search. */
  String text() {
    return element == null ? text : TextLines.join(element);
  }

  /** Language tag of the page; empty if it declares none. */
  String language() {
    return context.language();
  }

  /** URL against which relative URLs are resolved; empty for none. */
  String base() {
    return context.base();
  }

  List<FoundValue> values(ValueOrigin valueOrigin, PropertyNames names, TimeBudget budget)
      throws InterruptedException {
    return switch (valueOrigin) {
      case CELL ->
          row == null
              ? List.of()
              : row.cell(names).map(FoundValue::of).map(List::of).orElse(List.of());
      case DATA ->
          entities.values(names, budget).stream()
              .<FoundValue>map(FoundValue.JsonValue::new)
              .toList();
      case META -> meta.values(qualified(names)).stream().map(this::metaValue).toList();
      case LABEL -> List.copyOf(labelled(names, budget));
    };
  }

  private List<FoundValue.TextValue> labelled(PropertyNames names, TimeBudget budget)
      throws InterruptedException {
    if (row != null) {
      return List.of();
    }
    if (labels == null) {
      labels =
          element == null ? LabelledValues.of(text, budget) : LabelledValues.of(element, budget);
    }
    return labels.values(qualified(names));
  }

  private PropertyNames qualified(PropertyNames names) {
    return ownerNames == null ? names : names.prefixedWith(ownerNames);
  }

  /** Reads a meta tag, which is written for programs. */
  private FoundValue metaValue(String content) {
    JsonNode plain = NumberParser.machineReadable(content, Locale.forLanguageTag(language()));
    return plain.isNumber()
        ? new FoundValue.JsonValue(plain)
        : new FoundValue.TextValue(content, null);
  }
}
