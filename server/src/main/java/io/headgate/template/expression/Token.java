package io.headgate.template.expression;

/**
 * @param text a string without its quotes
 * @param spaced white space stands before it
 */
record Token(Kind kind, String text, boolean spaced) {

  enum Kind {
    NUMBER,
    STRING,
    NAME,
    /** A name in brackets, which no function and no literal can be. */
    BRACKETED,
    DATA,
    SIGN,
    END
  }

  boolean is(String sign) {
    return kind == Kind.SIGN && text.equals(sign);
  }

  /** The token in an error message. */
  String shown() {
    return switch (kind) {
      case END -> "the end";
      case STRING -> "the text \"" + text + "\"";
      case DATA -> "@" + text;
      case NUMBER, NAME, BRACKETED, SIGN -> "\"" + text + "\"";
    };
  }
}
