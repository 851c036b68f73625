package io.headgate.template;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The place of a value in a page. It decides how the value is escaped and helps to infer its type.
 *
 * @param attribute the attribute's name in lower case; empty outside of one
 * @param before the source before it in the same attribute or CSS declaration
 */
record ValuePlace(PlaceKind spot, String attribute, String before) {

  enum PlaceKind {
    TEXT,
    QUOTED,
    UNQUOTED,
    SCRIPT,
    STYLE
  }

  static final ValuePlace TEXT = new ValuePlace(PlaceKind.TEXT, "", "");

  private static final Set<String> URLS =
      Set.of(
          "src",
          "href",
          "action",
          "formaction",
          "poster",
          "data",
          "xlink:href",
          "background",
          "cite",
          "longdesc",
          "manifest");

  private static final Set<String> IMAGES = Set.of("src", "srcset", "poster", "background");

  private static final Set<String> COLORS =
      Set.of("fill", "stroke", "color", "bgcolor", "stop-color", "flood-color");

  private static final Pattern MUSTACHE = Pattern.compile("\\{\\{[^}]*}}}?");

  private static final Pattern IN_URL = Pattern.compile("(?is).*url\\(\\s*[\"']?\\s*");

  private static final Pattern COLORED =
      Pattern.compile(
          "(?is).*(^|[;{\\s\"'])(--)?([a-z-]*color|background|fill|stroke)\\s*:[^;]*"
              + "|.*(border|outline)[a-z-]*\\s*:.*(solid|dashed|dotted)\\s+");

  /** True where the value begins a URL, so that it chooses the scheme. */
  boolean beginsUrl() {
    return URLS.contains(attribute) && MUSTACHE.matcher(before).replaceAll("").isBlank();
  }

  boolean script() {
    return spot == PlaceKind.SCRIPT || attribute.startsWith("on");
  }

  /** True for HTML inside an attribute. */
  boolean document() {
    return attribute.equals("srcdoc");
  }

  boolean image() {
    return css() ? IN_URL.matcher(tail()).matches() : IMAGES.contains(attribute);
  }

  boolean color() {
    return css() ? COLORED.matcher(tail()).matches() : COLORS.contains(attribute);
  }

  private boolean css() {
    return spot == PlaceKind.STYLE || attribute.equals("style");
  }

  /** The current declaration only: the style sheet before it may be long. */
  private String tail() {
    String tail = before.substring(Math.max(0, before.length() - 100));
    int declaration = Math.max(tail.lastIndexOf(';'), tail.lastIndexOf('{'));
    return tail.substring(declaration + 1).toLowerCase(Locale.ROOT);
  }
}
