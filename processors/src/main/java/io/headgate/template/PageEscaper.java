package io.headgate.template;

/**
 * Escapes values for their place in a page, so that every value stays one text, one attribute value
 * or one string of a script, whatever it contains.
 */
final class PageEscaper {

  private PageEscaper() {}

  static String escape(ValuePlace place, String value) {
    if (place.script()) {
      return script(value);
    }
    String safe = place.beginsUrl() && runsCode(value) ? "about:blank" : value;
    return html(place.document() ? html(safe, false) : safe, unquoted(place));
  }

  private static boolean unquoted(ValuePlace place) {
    return place.spot() == ValuePlace.PlaceKind.UNQUOTED;
  }

  private static String html(String value, boolean unquoted) {
    StringBuilder escaped = new StringBuilder(value.length() + 16);
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#x27;");
        case '`' -> escaped.append("&#x60;");
        case '=' -> escaped.append("&#x3D;");
        default -> {
          if (unquoted && (Character.isWhitespace(c) || c == '/')) {
            escaped.append("&#").append((int) c).append(';');
          } else {
            escaped.append(c);
          }
        }
      }
    }
    return escaped.toString();
  }

  /** Escapes for the inside of a JavaScript string with either kind of quotes. */
  private static String script(String value) {
    StringBuilder escaped = new StringBuilder(value.length() + 16);
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (Character.isLetterOrDigit(c) || " .,:_-".indexOf(c) >= 0) {
        escaped.append(c);
      } else {
        escaped.append("\\u%04x".formatted((int) c));
      }
    }
    return escaped.toString();
  }

  /** True for a URL that runs code. Browsers ignore blanks and control characters in its scheme. */
  private static boolean runsCode(String url) {
    StringBuilder head = new StringBuilder();
    for (int i = 0; i < url.length() && head.length() < 24; i++) {
      char c = url.charAt(i);
      if (c > ' ' && !Character.isISOControl(c)) {
        head.append(Character.toLowerCase(c));
      }
    }
    String start = head.toString();
    return start.startsWith("javascript:")
        || start.startsWith("vbscript:")
        || start.startsWith("data:text/html")
        || start.startsWith("data:application/xhtm");
  }
}
