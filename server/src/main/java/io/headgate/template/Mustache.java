package io.headgate.template;

/**
 * One {@code {{…}}} of a template.
 *
 * @param start where it begins in the source
 * @param end behind its last brace
 * @param content what stands inside, without the signs of its kind; for {@link Kind#LITERAL} the
 *     text it stands for
 * @param trimBefore white space before it is dropped
 * @param trimAfter white space behind it is dropped
 */
record Mustache(
    int start,
    int end,
    TemplatePosition position,
    Kind kind,
    String content,
    boolean trimBefore,
    boolean trimAfter) {

  enum Kind {
    VALUE,
    RAW,
    OPEN,
    INVERTED,
    ELSE,
    CLOSE,
    COMMENT,
    LITERAL
  }
}
