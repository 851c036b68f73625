package io.headgate.template;

/**
 * One {@code {{…}}} of a template.
 *
 * @param start offset of its first brace
 * @param end offset after its last brace
 * @param content the inside without the sign of its kind; for {@link MustacheKind#LITERAL} the text
 *     to write
 * @param trimBefore true when the white space before it is dropped
 * @param trimAfter true when the white space after it is dropped
 */
record Mustache(
    int start,
    int end,
    TemplatePosition position,
    MustacheKind kind,
    String content,
    boolean trimBefore,
    boolean trimAfter) {

  enum MustacheKind {
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
