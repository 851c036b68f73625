package io.headgate.template;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Scans the HTML of a page for the place of each mustache and for elements with an {@code _if}. It
 * accepts malformed HTML as browsers do, and takes time linear in the length.
 */
final class HtmlScanner {

  /**
   * An element with an {@code _if} attribute.
   *
   * @param start of its start tag
   * @param end after its end tag
   * @param attributeStart of {@code _if} with the white space before it
   */
  record ConditionalElement(
      int start,
      int end,
      int attributeStart,
      int attributeEnd,
      String condition,
      TemplatePosition position) {}

  /**
   * @param places of the mustaches, in their order
   */
  record ScannedHtml(List<ValuePlace> places, List<ConditionalElement> conditionals) {

    /** A text is not read as HTML. */
    static final ScannedHtml OF_TEXT = new ScannedHtml(List.of(), List.of());
  }

  private record IfAttribute(int start, int end, String text) {}

  private record OpenTag(int start, @Nullable IfAttribute condition) {}

  private static final Set<String> VOID =
      Set.of(
          "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
          "source", "track", "wbr");

  /** Elements whose content is text up to their end tag. */
  private static final Set<String> PLAIN =
      Set.of("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes");

  private final String html;
  private final List<Mustache> mustaches;
  private final int[] lineEnds;
  private final List<ValuePlace> places = new ArrayList<>();
  private final List<ConditionalElement> conditionals = new ArrayList<>();
  private final Map<String, Deque<OpenTag>> open = new HashMap<>();
  private int at;

  private HtmlScanner(String html, List<Mustache> mustaches) {
    this.html = html;
    this.mustaches = mustaches;
    this.lineEnds = IntStream.range(0, html.length()).filter(i -> html.charAt(i) == '\n').toArray();
  }

  /**
   * @throws MalformedTemplateException when an element with {@code _if} has no end
   */
  static ScannedHtml read(String html, List<Mustache> mustaches) {
    HtmlScanner markup = new HtmlScanner(html, mustaches);
    markup.readDocument();
    markup.open.forEach((name, tags) -> tags.forEach(tag -> markup.requireEnd(name, tag)));
    return new ScannedHtml(markup.places, markup.conditionals);
  }

  private void requireEnd(String name, OpenTag tag) {
    if (tag.condition() != null) {
      throw new MalformedTemplateException(
          position(tag.start()), "<" + name + "> has an _if and no end tag of its own");
    }
  }

  private void readDocument() {
    while (at < html.length()) {
      if (mustache(() -> ValuePlace.TEXT)) {
        continue;
      }
      if (html.startsWith("<!--", at)) {
        skipThrough("-->");
      } else if (tagAt(at + 1)) {
        startTag();
      } else if (html.startsWith("</", at) && tagAt(at + 2)) {
        endTag();
      } else {
        at++;
      }
    }
  }

  private boolean tagAt(int index) {
    return html.charAt(at) == '<'
        && index < html.length()
        && Character.isLetter(html.charAt(index));
  }

  /** Skips a mustache that begins here; false when none does. */
  private boolean mustache(Supplier<ValuePlace> place) {
    int next = places.size();
    if (next >= mustaches.size() || mustaches.get(next).start() != at) {
      return false;
    }
    places.add(place.get());
    at = mustaches.get(next).end();
    return true;
  }

  private Supplier<ValuePlace> place(ValuePlace.PlaceKind spot, String attribute, int from) {
    return () -> new ValuePlace(spot, attribute, html.substring(Math.max(from, at - 1000), at));
  }

  private void skipThrough(String ending) {
    while (at < html.length() && !html.startsWith(ending, at)) {
      if (!mustache(() -> ValuePlace.TEXT)) {
        at++;
      }
    }
    at = Math.min(html.length(), at + ending.length());
  }

  private void startTag() {
    int start = at;
    at++;
    String name = name();
    IfAttribute condition = null;
    boolean closed = false;
    while (at < html.length() && html.charAt(at) != '>') {
      closed = html.charAt(at) == '/';
      int before = at;
      if (Character.isWhitespace(html.charAt(at)) || html.charAt(at) == '/') {
        at++;
      } else if (!mustache(place(ValuePlace.PlaceKind.UNQUOTED, "", at))) {
        IfAttribute found = attribute(before);
        condition = found == null ? condition : found;
      }
    }
    at = Math.min(html.length(), at + 1);
    if (closed || VOID.contains(name)) {
      add(start, condition);
    } else {
      open.computeIfAbsent(name, _ -> new ArrayDeque<>()).push(new OpenTag(start, condition));
      readRawText(name);
    }
  }

  private void add(int start, @Nullable IfAttribute condition) {
    if (condition != null) {
      conditionals.add(
          new ConditionalElement(
              start, at, condition.start(), condition.end(), condition.text(), position(start)));
    }
  }

  private String name() {
    int from = at;
    while (at < html.length() && nameCharacter(html.charAt(at))) {
      at++;
    }
    return html.substring(from, at).toLowerCase(Locale.ROOT);
  }

  private static boolean nameCharacter(char c) {
    return !Character.isWhitespace(c) && c != '>' && c != '/' && c != '{' && c != '=';
  }

  private @Nullable IfAttribute attribute(int start) {
    String name = name();
    if (at == start) {
      at++; // a stray = or {
    }
    int afterName = at;
    blanks();
    if (at >= html.length() || html.charAt(at) != '=') {
      at = afterName;
      return null;
    }
    at++;
    blanks();
    String value = value(name);
    int spaced = start;
    while (spaced > 0 && Character.isWhitespace(html.charAt(spaced - 1))) {
      spaced--;
    }
    return name.equals("_if") ? new IfAttribute(spaced, at, value) : null;
  }

  private void blanks() {
    while (at < html.length() && Character.isWhitespace(html.charAt(at))) {
      at++;
    }
  }

  private String value(String attribute) {
    char quote = at < html.length() ? html.charAt(at) : ' ';
    boolean quoted = quote == '"' || quote == '\'';
    at += quoted ? 1 : 0;
    int from = at;
    ValuePlace.PlaceKind spot =
        quoted ? ValuePlace.PlaceKind.QUOTED : ValuePlace.PlaceKind.UNQUOTED;
    while (at < html.length() && !ends(quoted, quote)) {
      if (!mustache(place(spot, attribute, from))) {
        at++;
      }
    }
    String value = html.substring(from, at);
    at = Math.min(html.length(), at + (quoted ? 1 : 0));
    return value;
  }

  private boolean ends(boolean quoted, char quote) {
    char c = html.charAt(at);
    return quoted ? c == quote : Character.isWhitespace(c) || c == '>';
  }

  private void readRawText(String name) {
    if (!PLAIN.contains(name)) {
      return;
    }
    ValuePlace.PlaceKind spot =
        switch (name) {
          case "script" -> ValuePlace.PlaceKind.SCRIPT;
          case "style" -> ValuePlace.PlaceKind.STYLE;
          default -> ValuePlace.PlaceKind.TEXT;
        };
    int from = at;
    while (at < html.length() && !html.regionMatches(true, at, "</" + name, 0, name.length() + 2)) {
      if (!mustache(place(spot, "", from))) {
        at++;
      }
    }
  }

  private void endTag() {
    at += 2;
    String name = name();
    skipThrough(">");
    Deque<OpenTag> tags = open.get(name);
    if (tags != null && !tags.isEmpty()) {
      OpenTag tag = tags.pop();
      add(tag.start(), tag.condition());
    }
  }

  private TemplatePosition position(int offset) {
    int found = Arrays.binarySearch(lineEnds, offset);
    int before = found < 0 ? -found - 1 : found;
    int lineStart = before == 0 ? 0 : lineEnds[before - 1] + 1;
    return new TemplatePosition(1 + before, 1 + offset - lineStart);
  }
}
