package io.headgate.template.expression;

import io.headgate.template.expression.Token.TokenKind;
import java.util.ArrayList;
import java.util.List;

/** Splits an expression into tokens, in one pass. */
final class ExpressionLexer {

  /** Longest first, so that {@code ===} is not read as {@code ==} and {@code =}. */
  private static final List<String> SIGNS =
      List.of(
          "===", "!==", "../", "==", "!=", "<=", ">=", "&&", "||", "..", "+", "-", "*", "/", "%",
          "<", ">", "!", "?", ":", "(", ")", "[", "]", ",", ".");

  private final String source;
  private final boolean texts;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private boolean spaced;

  private ExpressionLexer(String source, ExpressionSyntax syntax) {
    this.source = source;
    this.texts = syntax == ExpressionSyntax.TEXT;
  }

  static List<Token> tokens(String source, ExpressionSyntax syntax) {
    return new ExpressionLexer(source, syntax).read();
  }

  private List<Token> read() {
    while (at < source.length()) {
      char c = source.charAt(at);
      if (Character.isWhitespace(c)) {
        spaced = true;
        at++;
      } else {
        one(c);
        spaced = false;
      }
    }
    add(TokenKind.END, "");
    return tokens;
  }

  private void one(char c) {
    if (texts && textName(c)) {
      return;
    }
    if (c == '"' || c == '\'') {
      string(c);
    } else if (digit(c)) {
      number();
    } else if (Character.isJavaIdentifierStart(c)) {
      add(TokenKind.NAME, name());
    } else if (c == '@') {
      at++;
      add(TokenKind.DATA, name());
    } else {
      sign(c);
    }
  }

  /** Reads what only names in texts may be; false when nothing of that kind begins here. */
  private boolean textName(char c) {
    Token last = tokens.isEmpty() ? null : tokens.getLast();
    boolean inPath = last != null && !spaced && startsMember(last);
    boolean afterValue = last != null && !spaced && endsValue(last);
    if (c == '[' && (inPath || !afterValue)) {
      bracketed();
      return true;
    }
    if (inPath && Character.isJavaIdentifierPart(c)) {
      add(TokenKind.NAME, name());
      return true;
    }
    if (c == '/' && afterValue && nameAt(at + 1)) {
      at++;
      add(TokenKind.SIGN, ".");
      return true;
    }
    if (c == '.' && !afterValue && at + 1 < source.length() && after() == '/') {
      at += 2;
      add(TokenKind.SIGN, "./");
      return true;
    }
    return false;
  }

  private static boolean startsMember(Token last) {
    return last.isSign(".") || last.isSign("./") || last.isSign("../");
  }

  private static boolean endsValue(Token last) {
    return switch (last.kind()) {
      case NAME, BRACKETED, DATA, STRING -> true;
      case SIGN -> last.isSign(")") || last.isSign("]");
      case NUMBER, END -> false;
    };
  }

  private boolean nameAt(int index) {
    return index < source.length()
        && (source.charAt(index) == '[' || Character.isJavaIdentifierPart(source.charAt(index)));
  }

  private void bracketed() {
    int close = source.indexOf(']', at);
    if (close < 0) {
      throw new ExpressionException("a name is not closed with ]");
    }
    add(TokenKind.BRACKETED, source.substring(at + 1, close));
    at = close + 1;
  }

  private void sign(char c) {
    for (String sign : SIGNS) {
      if (source.startsWith(sign, at)) {
        at += sign.length();
        add(TokenKind.SIGN, sign);
        return;
      }
    }
    throw new ExpressionException("\"" + c + "\" has no meaning in an expression");
  }

  private String name() {
    int from = at;
    while (at < source.length() && namePart(source.charAt(at))) {
      at++;
    }
    return source.substring(from, at);
  }

  private boolean namePart(char c) {
    return Character.isJavaIdentifierPart(c)
        || (texts
            && (c == '-' || c == ':')
            && at + 1 < source.length()
            && Character.isJavaIdentifierPart(after()));
  }

  private void number() {
    int from = at;
    digits();
    // After a dot the digits are an index, as in items.0.title.
    boolean index = !tokens.isEmpty() && tokens.getLast().isSign(".");
    if (!index && at + 1 < source.length() && source.charAt(at) == '.' && digit(after())) {
      at++;
      digits();
    }
    add(TokenKind.NUMBER, source.substring(from, at));
  }

  private char after() {
    return source.charAt(at + 1);
  }

  private void digits() {
    while (at < source.length() && digit(source.charAt(at))) {
      at++;
    }
  }

  private void string(char quote) {
    StringBuilder text = new StringBuilder();
    at++;
    while (at < source.length() && source.charAt(at) != quote) {
      if (source.charAt(at) == '\\' && at + 1 < source.length()) {
        at++;
        text.append(escaped(source.charAt(at)));
      } else {
        text.append(source.charAt(at));
      }
      at++;
    }
    if (at >= source.length()) {
      throw new ExpressionException("a text is not closed with " + quote);
    }
    at++;
    add(TokenKind.STRING, text.toString());
  }

  private static char escaped(char c) {
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      default -> c;
    };
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }

  private void add(TokenKind kind, String text) {
    tokens.add(new Token(kind, text, spaced));
  }
}
