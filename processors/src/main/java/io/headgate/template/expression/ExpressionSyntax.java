package io.headgate.template.expression;

/**
 * The two variants of the template language. They share the parser, the functions and the limits.
 */
public enum ExpressionSyntax {

  /** Templates of HTML pages. A missing value is empty, and {@code a-b} subtracts. */
  PAGE,

  /**
   * Templates of request texts. Names are those of Handlebars: they may contain dashes and colons,
   * {@code a/b} is {@code a.b}, and {@code a.[first name]} takes any text as a name. So operators
   * need a space beside them. A missing value is an error, {@code lookup} is a function, and {@code
   * json} writes JSON without the escapes that a page needs.
   */
  TEXT
}
