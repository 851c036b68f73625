package io.headgate.template;

import io.headgate.template.Mustache.Kind;
import io.headgate.template.expression.Expression;
import java.util.ArrayList;
import java.util.List;

/** Finds every {@code {{…}}} of a template and says what kind it is. */
final class Mustaches {

  static final int MOST = 10_000;

  private final String html;
  private final List<Mustache> found = new ArrayList<>();
  private int line = 1;
  private int counted;

  private Mustaches(String html) {
    this.html = html;
  }

  /**
   * @throws Malformed for one that is not closed or of a kind that is not known here
   */
  static List<Mustache> find(String html) {
    return new Mustaches(html).read();
  }

  private List<Mustache> read() {
    int at = html.indexOf("{{");
    while (at >= 0) {
      countLines(at);
      int end = backslash(at, 1) ? escaped(at) : one(at);
      if (found.size() > MOST) {
        throw new Malformed(line, "a template has at most " + MOST + " mustaches");
      }
      at = html.indexOf("{{", end);
    }
    return found;
  }

  private void countLines(int until) {
    for (; counted < until; counted++) {
      if (html.charAt(counted) == '\n') {
        line++;
      }
    }
  }

  private boolean backslash(int at, int back) {
    return at >= back && html.charAt(at - back) == '\\';
  }

  /** One backslash makes the mustache text; two are a backslash and a mustache. */
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
      throw new Malformed(line, "raw blocks {{{{…}}}} are not known here");
    }
    if (html.startsWith("{{!", at) || html.startsWith("{{~!", at)) {
      return comment(at);
    }
    boolean triple = html.startsWith("{{{", at);
    String closing = triple ? "}}}" : "}}";
    int inner = at + closing.length();
    int close = close(inner, closing);
    if (close - inner > Expression.MAX_LENGTH) {
      throw new Malformed(line, "a mustache has at most " + Expression.MAX_LENGTH + " characters");
    }
    classify(at, close + closing.length(), html.substring(inner, close), triple);
    return close + closing.length();
  }

  private int comment(int at) {
    boolean dashed = html.startsWith("{{!--", at) || html.startsWith("{{~!--", at);
    int dashes = dashed ? html.indexOf("--", at + 5) : at;
    int close = dashes < 0 ? -1 : html.indexOf("}}", dashes);
    if (close < 0) {
      throw new Malformed(line, "the comment is not closed");
    }
    boolean before = html.charAt(at + 2) == '~';
    boolean after = html.charAt(close - 1) == '~';
    found.add(new Mustache(at, close + 2, line, Kind.COMMENT, "", before, after));
    return close + 2;
  }

  /** The closing braces, not those inside a text. */
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
    throw new Malformed(line, closing.length() == 3 ? "{{{ is not closed" : "{{ is not closed");
  }

  private void classify(int start, int end, String inside, boolean triple) {
    boolean before = inside.startsWith("~");
    boolean after = inside.endsWith("~") && inside.length() > 1;
    String content = inside.substring(before ? 1 : 0, inside.length() - (after ? 1 : 0)).strip();
    Kind kind = triple ? Kind.RAW : kind(content);
    String rest =
        switch (kind) {
          case OPEN, CLOSE -> content.substring(1).strip();
          case ELSE -> content.equals("^") ? "" : content.substring(4).strip();
          case RAW -> triple ? content : content.substring(1).strip();
          case VALUE, COMMENT, LITERAL -> content;
        };
    found.add(new Mustache(start, end, line, kind, rest, before, after));
  }

  private Kind kind(String content) {
    if (content.equals("^") || content.equals("else") || content.matches("(?s)else\\s.*")) {
      return Kind.ELSE;
    }
    return switch (content.isEmpty() ? ' ' : content.charAt(0)) {
      case '#' -> opening(content);
      case '/' -> Kind.CLOSE;
      case '&' -> Kind.RAW;
      case '>' -> throw new Malformed(line, "partials {{>…}} are not known here");
      case '^' -> throw new Malformed(line, "{{^…}} is not known here; write {{#unless …}}");
      case '*' -> throw new Malformed(line, "decorators {{*…}} are not known here");
      case '=' -> throw new Malformed(line, "delimiters cannot be changed here");
      default -> Kind.VALUE;
    };
  }

  private Kind opening(String content) {
    if (content.startsWith("#>") || content.startsWith("#*")) {
      throw new Malformed(line, "partials and decorators {{" + content + "}} are not known here");
    }
    return Kind.OPEN;
  }

  private void add(int start, int end, Kind kind, String content) {
    found.add(new Mustache(start, end, line, kind, content, false, false));
  }
}
