package io.headgate.template.expression;

/**
 * @param text a string without its quotes
 * @param spaced white space precedes it
 */
record Token(TokenKind kind, String text, boolean spaced) {

  enum TokenKind {
    NUMBER,
    STRING,
    NAME,
    /** A name in brackets, which no function and no literal can be. */
    BRACKETED,
    DATA,
    SIGN,
    END
  }

  boolean isSign(String sign) {
    return kind == TokenKind.SIGN && text.equals(sign);
  }

  /** The token in an error message. */
  String description() {
    return switch (kind) {
      case END -> "the end";
      case STRING -> "the text \"" + text + "\"";
      case DATA -> "@" + text;
      case NUMBER, NAME, BRACKETED, SIGN -> "\"" + text + "\"";
    };
  }
}
