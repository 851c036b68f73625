package io.headgate.extract;

import java.util.List;
import java.util.Optional;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** Where values are looked for: a whole page, one of its parts, a text, or a thing out of data. */
final class Scope {

  /** The kinds of places a value can stand in, in the order in which they are believed. */
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
  private @Nullable Labels labels;

  private Scope(
      @Nullable Element element,
      String text,
      Entities entities,
      MetaTags meta,
      Tables.@Nullable Row row,
      @Nullable Names owner) {
    this.element = element;
    this.text = text;
    this.entities = entities;
    this.meta = meta;
    this.row = row;
    this.owner = owner;
  }

  static Scope of(Material material, Effort effort) throws InterruptedException {
    return switch (material) {
      case Material.Page(Document page) ->
          new Scope(
              page, "", StructuredData.ofPage(page, effort), MetaTags.of(page, effort), null, null);
      case Material.Text(String text) ->
          new Scope(null, text, Entities.NONE, MetaTags.none(), null, null);
      case Material.Data(var json) -> ofData(StructuredData.ofJson(json));
    };
  }

  static Scope ofData(Entities entities) {
    return new Scope(null, "", entities, MetaTags.none(), null, null);
  }

  /** A part of the page. */
  static Scope within(Element element, Effort effort) throws InterruptedException {
    return new Scope(
        element, "", StructuredData.within(element, effort), MetaTags.none(), null, null);
  }

  static Scope ofRow(Tables.Row row, Effort effort) throws InterruptedException {
    return new Scope(
        row.element(),
        "",
        StructuredData.within(row.element(), effort),
        MetaTags.none(),
        row,
        null);
  }

  /** The same place for the properties of another thing: only labels that name it count. */
  Scope about(Names thing) {
    Scope scope = new Scope(element, text, Entities.NONE, MetaTags.none(), null, thing);
    scope.labels = labels;
    return scope;
  }

  /** The same place, the things in it in the order that fits the group. */
  Scope rankedFor(Shape.Group group, Effort effort) throws InterruptedException {
    Scope scope = new Scope(element, text, entities.rankedFor(group, effort), meta, row, owner);
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

  /** What expressions search: the text as a reader sees it. */
  String text() {
    return element == null ? text : TextLines.join(element);
  }

  /** Of the page; empty when it does not say. */
  String language() {
    Document page = element == null ? null : element.ownerDocument();
    Element html = page == null ? null : page.firstElementChild();
    return html == null ? "" : html.attr("lang");
  }

  /** What relative addresses stand on; empty for none. */
  String base() {
    return element == null ? "" : element.baseUri();
  }

  List<Value> values(Place place, Names names, Effort effort) throws InterruptedException {
    return switch (place) {
      case CELL ->
          row == null ? List.of() : row.cell(names).map(Value::of).map(List::of).orElse(List.of());
      case DATA -> entities.values(names, effort).stream().<Value>map(Value.Json::new).toList();
      case META ->
          meta.values(names).stream().<Value>map(words -> new Value.Words(words, null)).toList();
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
    return labels.values(owner == null ? names : names.within(owner));
  }
}
