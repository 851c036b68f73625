package io.headgate.template;

import io.headgate.template.Mustache.Kind;
import io.headgate.template.expression.ExpressionSyntax;
import io.headgate.template.expression.TemplateLimits;
import java.util.ArrayList;
import java.util.List;

/** Finds every {@code {{…}}} of a template and its kind, in one pass. */
final class Mustaches {

  private final String html;
  private final boolean texts;
  private final List<Mustache> found = new ArrayList<>();
  private int line = 1;
  private int lineStart;
  private int counted;
  private TemplatePosition position = TemplatePosition.START;

  private Mustaches(String html, ExpressionSyntax syntax) {
    this.html = html;
    this.texts = syntax == ExpressionSyntax.TEXT;
  }

  /**
   * @throws Malformed for one that is not closed or of an unsupported kind
   */
  static List<Mustache> find(String html, ExpressionSyntax syntax) {
    return new Mustaches(html, syntax).read();
  }

  private List<Mustache> read() {
    int at = html.indexOf("{{");
    while (at >= 0) {
      countLines(at);
      int end = backslash(at, 1) ? escaped(at) : one(at);
      if (found.size() > TemplateLimits.MAX_MUSTACHES) {
        throw new Malformed(
            position, "a template has at most " + TemplateLimits.MAX_MUSTACHES + " mustaches");
      }
      at = html.indexOf("{{", end);
    }
    return found;
  }

  private void countLines(int until) {
    for (; counted < until; counted++) {
      if (html.charAt(counted) == '\n') {
        line++;
        lineStart = counted + 1;
      }
    }
    position = new TemplatePosition(line, 1 + until - lineStart);
  }

  private boolean backslash(int at, int back) {
    return at >= back && html.charAt(at - back) == '\\';
  }

  /** A mustache after one backslash is text; two backslashes are one and a mustache. */
  private int escaped(int at) {
    if (backslash(at, 2)) {
      add(at - 2, at, Kind.LITERAL, "\\");
      return one(at);
    }
    int close = html.indexOf("}}", at);
    int end = close < 0 ? html.length() : close + 2;
    add(at - 1, end, Kind.LITERAL, html.substring(at, end));
    return end;
  }

  private int one(int at) {
    if (html.startsWith("{{{{", at)) {
      throw new Malformed(position, "raw blocks {{{{…}}}} are not known here");
    }
    if (html.startsWith("{{!", at) || html.startsWith("{{~!", at)) {
      return comment(at);
    }
    if (html.startsWith("{{~{", at)) {
      return trimmedTriple(at);
    }
    boolean triple = html.startsWith("{{{", at);
    String closing = triple ? "}}}" : "}}";
    int inner = at + closing.length();
    int close = close(inner, closing);
    requireShort(close - inner);
    classify(at, close + closing.length(), html.substring(inner, close), triple);
    return close + closing.length();
  }

  /** {@code {{~{value}~}}} or {@code {{~{value}}}}. */
  private int trimmedTriple(int at) {
    int inner = at + "{{~{".length();
    int close = close(inner, "}");
    requireShort(close - inner);
    boolean after = html.startsWith("}~}}", close);
    int end = close + (after ? "}~}}" : "}}}").length();
    if (!after && !html.startsWith("}}}", close)) {
      throw new Malformed(position, "{{{ is not closed");
    }
    found.add(
        new Mustache(
            at, end, position, Kind.RAW, html.substring(inner, close).strip(), true, after));
    return end;
  }

  private void requireShort(int length) {
    if (length > TemplateLimits.MAX_EXPRESSION) {
      throw new Malformed(
          position, "a mustache has at most " + TemplateLimits.MAX_EXPRESSION + " characters");
    }
  }

  private int comment(int at) {
    boolean dashed = html.startsWith("{{!--", at) || html.startsWith("{{~!--", at);
    int dashes = dashed ? html.indexOf("--", at + 5) : at;
    int close = dashes < 0 ? -1 : html.indexOf("}}", dashes);
    if (close < 0) {
      throw new Malformed(position, "the comment is not closed");
    }
    boolean before = html.charAt(at + 2) == '~';
    boolean after = html.charAt(close - 1) == '~';
    found.add(new Mustache(at, close + 2, position, Kind.COMMENT, "", before, after));
    return close + 2;
  }

  /** The offset of the closing braces, ignoring those inside a string. */
  private int close(int from, String closing) {
    char quote = 0;
    for (int i = from; i < html.length(); i++) {
      char c = html.charAt(i);
      if (quote != 0) {
        i += c == '\\' ? 1 : 0;
        quote = c == quote ? 0 : quote;
      } else if (html.startsWith(closing, i)) {
        return i;
      } else if (c == '"' || c == '\'') {
        quote = c;
      }
    }
    throw new Malformed(position, closing.length() == 3 ? "{{{ is not closed" : "{{ is not closed");
  }

  private void classify(int start, int end, String inside, boolean triple) {
    boolean before = inside.startsWith("~");
    boolean after = inside.endsWith("~") && inside.length() > 1;
    String content = inside.substring(before ? 1 : 0, inside.length() - (after ? 1 : 0)).strip();
    Kind kind = triple ? Kind.RAW : kind(content);
    String rest =
        switch (kind) {
          case OPEN, INVERTED, CLOSE -> content.substring(1).strip();
          case ELSE -> content.equals("^") ? "" : content.substring(4).strip();
          case RAW -> triple ? content : content.substring(1).strip();
          case VALUE, COMMENT, LITERAL -> content;
        };
    found.add(new Mustache(start, end, position, kind, rest, before, after));
  }

  private Kind kind(String content) {
    if (content.equals("^") || isElse(content)) {
      return Kind.ELSE;
    }
    return switch (content.isEmpty() ? ' ' : content.charAt(0)) {
      case '#' -> opening(content);
      case '/' -> Kind.CLOSE;
      case '&' -> Kind.RAW;
      case '>' -> throw new Malformed(position, "partials {{>…}} are not known here");
      case '^' -> inverted();
      case '*' -> throw new Malformed(position, "decorators {{*…}} are not known here");
      case '=' -> throw new Malformed(position, "delimiters cannot be changed here");
      default -> Kind.VALUE;
    };
  }

  private static boolean isElse(String content) {
    return content.startsWith("else")
        && (content.length() == 4 || Character.isWhitespace(content.charAt(4)));
  }

  private Kind inverted() {
    if (texts) {
      return Kind.INVERTED;
    }
    throw new Malformed(position, "{{^…}} is not known here; write {{#unless …}}");
  }

  private Kind opening(String content) {
    if (content.startsWith("#>") || content.startsWith("#*")) {
      throw new Malformed(
          position, "partials and decorators {{" + content + "}} are not known here");
    }
    return Kind.OPEN;
  }

  private void add(int start, int end, Kind kind, String content) {
    found.add(new Mustache(start, end, position, kind, content, false, false));
  }
}
