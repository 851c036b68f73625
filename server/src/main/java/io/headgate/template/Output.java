package io.headgate.template;

import java.util.List;

/** Writes what Handlebars gets to see: text without a brace too many, and numbered parts. */
final class Output {

  private final StringBuilder text = new StringBuilder();
  private final List<Part> parts;
  private int literalFrom;
  private boolean trimNext;

  Output(List<Part> parts) {
    this.parts = parts;
  }

  String text() {
    return text.toString();
  }

  void literal(String literal) {
    String kept = trimNext ? literal.stripLeading() : literal;
    trimNext = trimNext && kept.isEmpty();
    literalFrom = text.length();
    // Braces and backslashes at its ends would run into the braces beside it.
    int start = 0;
    while (start < kept.length() && kept.charAt(start) == '}') {
      start++;
    }
    int end = kept.length();
    while (end > start && "{\\".indexOf(kept.charAt(end - 1)) >= 0) {
      end--;
    }
    quoted(kept.substring(0, start));
    text.append(kept, start, end);
    quoted(kept.substring(end));
  }

  private void quoted(String braces) {
    if (!braces.isEmpty()) {
      part("v", new Part.Literal(braces));
    }
  }

  /** Drops the white space that the last literal ends with. */
  void trimBefore() {
    int end = text.length();
    while (end > literalFrom && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    text.setLength(end);
  }

  void trimAfter() {
    trimNext = true;
  }

  /** {@code {{{v 7}}}} or {@code {{#if 7}}}. */
  void part(String helper, Part part) {
    String open = helper.startsWith("#") ? "{{" : "{{{";
    String close = helper.startsWith("#") ? "}}" : "}}}";
    text.append(open).append(helper).append(' ').append(parts.size()).append(close);
    parts.add(part);
    literalFrom = text.length();
  }

  void word(String word) {
    text.append("{{").append(word).append("}}");
    literalFrom = text.length();
  }
}
