package io.headgate.template;

import io.headgate.template.Mustache.MustacheKind;
import io.headgate.template.expression.ExpressionSyntax;
import io.headgate.template.expression.TemplateLimits;
import java.util.ArrayList;
import java.util.List;

/** Finds every {@code {{…}}} of a template and its kind, in one pass. */
final class MustacheScanner {

  private final String html;
  private final boolean texts;
  private final List<Mustache> found = new ArrayList<>();
  private int line = 1;
  private int lineStart;
  private int counted;
  private TemplatePosition position = TemplatePosition.START;

  private MustacheScanner(String html, ExpressionSyntax syntax) {
    this.html = html;
    this.texts = syntax == ExpressionSyntax.TEXT;
  }

  /**
   * @throws MalformedTemplateException for one that is not closed or of an unsupported kind
   */
  static List<Mustache> find(String html, ExpressionSyntax syntax) {
    return new MustacheScanner(html, syntax).read();
  }

  private List<Mustache> read() {
    int at = html.indexOf("{{");
    while (at >= 0) {
      countLines(at);
      int end = backslash(at, 1) ? escaped(at) : readOne(at);
      if (found.size() > TemplateLimits.MAX_MUSTACHES) {
        throw new MalformedTemplateException(
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
      add(at - 2, at, MustacheKind.LITERAL, "\\");
      return readOne(at);
    }
    int close = html.indexOf("}}", at);
    int end = close < 0 ? html.length() : close + 2;
    add(at - 1, end, MustacheKind.LITERAL, html.substring(at, end));
    return end;
  }

  private int readOne(int at) {
    if (html.startsWith("{{{{", at)) {
      throw new MalformedTemplateException(position, "raw blocks {{{{…}}}} are not supported");
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
    int close = findClose(inner, closing);
    requireShort(close - inner);
    classify(at, close + closing.length(), html.substring(inner, close), triple);
    return close + closing.length();
  }

  /** {@code {{~{value}~}}} or {@code {{~{value}}}}. */
  private int trimmedTriple(int at) {
    int inner = at + "{{~{".length();
    int close = findClose(inner, "}");
    requireShort(close - inner);
    boolean after = html.startsWith("}~}}", close);
    int end = close + (after ? "}~}}" : "}}}").length();
    if (!after && !html.startsWith("}}}", close)) {
      throw new MalformedTemplateException(position, "{{{ is not closed");
    }
    found.add(
        new Mustache(
            at,
            end,
            position,
            MustacheKind.RAW,
            html.substring(inner, close).strip(),
            true,
            after));
    return end;
  }

  private void requireShort(int length) {
    if (length > TemplateLimits.MAX_EXPRESSION) {
      throw new MalformedTemplateException(
          position, "a mustache has at most " + TemplateLimits.MAX_EXPRESSION + " characters");
    }
  }

  private int comment(int at) {
    boolean dashed = html.startsWith("{{!--", at) || html.startsWith("{{~!--", at);
    int dashes = dashed ? html.indexOf("--", at + 5) : at;
    int close = dashes < 0 ? -1 : html.indexOf("}}", dashes);
    if (close < 0) {
      throw new MalformedTemplateException(position, "the comment is not closed");
    }
    boolean before = html.charAt(at + 2) == '~';
    boolean after = html.charAt(close - 1) == '~';
    found.add(new Mustache(at, close + 2, position, MustacheKind.COMMENT, "", before, after));
    return close + 2;
  }

  /** The offset of the closing braces, ignoring those inside a string. */
  private int findClose(int from, String closing) {
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
    throw new MalformedTemplateException(
        position, closing.length() == 3 ? "{{{ is not closed" : "{{ is not closed");
  }

  private void classify(int start, int end, String inside, boolean triple) {
    boolean before = inside.startsWith("~");
    boolean after = inside.endsWith("~") && inside.length() > 1;
    String content = inside.substring(before ? 1 : 0, inside.length() - (after ? 1 : 0)).strip();
    MustacheKind kind = triple ? MustacheKind.RAW : kind(content);
    String rest =
        switch (kind) {
          case OPEN, INVERTED, CLOSE -> content.substring(1).strip();
          case ELSE -> content.equals("^") ? "" : content.substring(4).strip();
          case RAW -> triple ? content : content.substring(1).strip();
          case VALUE, COMMENT, LITERAL -> content;
        };
    found.add(new Mustache(start, end, position, kind, rest, before, after));
  }

  private MustacheKind kind(String content) {
    if (content.equals("^") || isElse(content)) {
      return MustacheKind.ELSE;
    }
    return switch (content.isEmpty() ? ' ' : content.charAt(0)) {
      case '#' -> opening(content);
      case '/' -> MustacheKind.CLOSE;
      case '&' -> MustacheKind.RAW;
      case '>' ->
          throw new MalformedTemplateException(position, "partials {{>…}} are not supported");
      case '^' -> inverted();
      case '*' ->
          throw new MalformedTemplateException(position, "decorators {{*…}} are not supported");
      case '=' ->
          throw new MalformedTemplateException(position, "delimiters cannot be changed here");
      default -> MustacheKind.VALUE;
    };
  }

  private static boolean isElse(String content) {
    return content.startsWith("else")
        && (content.length() == 4 || Character.isWhitespace(content.charAt(4)));
  }

  private MustacheKind inverted() {
    if (texts) {
      return MustacheKind.INVERTED;
    }
    throw new MalformedTemplateException(position, "{{^…}} is not supported; write {{#unless …}}");
  }

  private MustacheKind opening(String content) {
    if (content.startsWith("#>") || content.startsWith("#*")) {
      throw new MalformedTemplateException(
          position, "partials and decorators {{" + content + "}} are not supported");
    }
    return MustacheKind.OPEN;
  }

  private void add(int start, int end, MustacheKind kind, String content) {
    found.add(new Mustache(start, end, position, kind, content, false, false));
  }
}
