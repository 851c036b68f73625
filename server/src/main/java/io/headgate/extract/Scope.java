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
final class Scope {

  /** The sources of a value, most reliable first. */
  enum Place {
    CELL,
    DATA,
    META,
    LABEL
  }

  private final @Nullable Element element;
  private final String text;
  private final Entities entities;
  private final MetaTags meta;
  private final Tables.@Nullable Row row;
  private final @Nullable Names owner;
  private final Origin origin;
  private @Nullable Labels labels;

  /**
   * @param base URL against which relative URLs are resolved; empty for none
   * @param language language tag of the page; empty if it declares none
   */
  private record Origin(String base, String language) {
    static final Origin UNKNOWN = new Origin("", "");

    static Origin of(Element element) {
      Document page = element.ownerDocument();
      Element html = page == null ? null : page.firstElementChild();
      return new Origin(element.baseUri(), html == null ? "" : html.attr("lang"));
    }
  }

  private Scope(
      @Nullable Element element,
      String text,
      Entities entities,
      MetaTags meta,
      Tables.@Nullable Row row,
      @Nullable Names owner,
      Origin origin) {
    this.element = element;
    this.text = text;
    this.entities = entities;
    this.meta = meta;
    this.row = row;
    this.owner = owner;
    this.origin = origin;
  }

  static Scope of(Material material, Effort effort) throws InterruptedException {
    return switch (material) {
      case Material.Page(Document page) ->
          new Scope(
              page,
              "",
              StructuredData.ofPage(page, effort),
              MetaTags.of(page, effort),
              null,
              null,
              Origin.of(page));
      case Material.Text(String text) ->
          new Scope(null, text, Entities.NONE, MetaTags.none(), null, null, Origin.UNKNOWN);
      case Material.Data(var json) -> {
        Entities data = StructuredData.ofJson(json);
        yield new Scope(null, "", data, MetaTags.none(), null, null, Origin.UNKNOWN);
      }
    };
  }

  /** Narrows the scope to objects of its structured data; base URL and language stay. */
  Scope ofData(List<ObjectNode> things) {
    return new Scope(null, "", entities.of(things), MetaTags.none(), null, null, origin);
  }

  /** In a scope that has only data, skips objects that merely wrap the requested properties. */
  Scope unwrappedFor(Shape.Group group, Effort effort) throws InterruptedException {
    return element != null || !text.isEmpty()
        ? this
        : new Scope(null, "", entities.unwrappedFor(group, effort), meta, row, owner, origin);
  }

  /** Narrows the scope to an element of the page. */
  static Scope within(Element element, Effort effort) throws InterruptedException {
    return new Scope(
        element,
        "",
        StructuredData.within(element, effort),
        MetaTags.none(),
        null,
        null,
        Origin.of(element));
  }

  static Scope ofRow(Tables.Row row, Effort effort) throws InterruptedException {
    return new Scope(
        row.element(),
        "",
        StructuredData.within(row.element(), effort),
        MetaTags.none(),
        row,
        null,
        Origin.of(row.element()));
  }

  /** The same scope for the properties of a named object: labels must start with its name. */
  Scope about(Names thing) {
    Scope scope = new Scope(element, text, Entities.NONE, meta, null, thing, origin);
    scope.labels = labels;
    return scope;
  }

  /** The same scope with its entities sorted by how well they match the group. */
  Scope rankedFor(Shape.Group group, Effort effort) throws InterruptedException {
    Entities ranked = entities.rankedFor(group, effort);
    Scope scope = new Scope(element, text, ranked, meta, row, owner, origin);
    scope.labels = labels;
    return scope;
  }

  Optional<Element> element() {
    return Optional.ofNullable(element);
  }

  Entities entities() {
    return entities;
  }

  boolean empty() {
    return element == null && text.isEmpty();
  }

  /** The visible text, in which regular expressions search. */
  String text() {
    return element == null ? text : TextLines.join(element);
  }

  /** Language tag of the page; empty if it declares none. */
  String language() {
    return origin.language();
  }

  /** URL against which relative URLs are resolved; empty for none. */
  String base() {
    return origin.base();
  }

  List<Value> values(Place place, Names names, Effort effort) throws InterruptedException {
    return switch (place) {
      case CELL ->
          row == null ? List.of() : row.cell(names).map(Value::of).map(List::of).orElse(List.of());
      case DATA -> entities.values(names, effort).stream().<Value>map(Value.Json::new).toList();
      case META -> meta.values(owned(names)).stream().map(this::said).toList();
      case LABEL -> List.copyOf(labelled(names, effort));
    };
  }

  private List<Value.Words> labelled(Names names, Effort effort) throws InterruptedException {
    if (row != null) {
      return List.of();
    }
    if (labels == null) {
      labels = element == null ? Labels.of(text, effort) : Labels.of(element, effort);
    }
    return labels.values(owned(names));
  }

  private Names owned(Names names) {
    return owner == null ? names : names.within(owner);
  }

  /** Reads a meta tag, which is written for programs. */
  private Value said(String content) {
    JsonNode plain = Numbers.forPrograms(content, Locale.forLanguageTag(language()));
    return plain.isNumber() ? new Value.Json(plain) : new Value.Words(content, null);
  }
}
