package io.headgate.template.expression;

import java.time.Duration;

/**
 * The limits of every template, whether it is a page or the text of a request. Authors and the
 * senders of variables are not trusted, so each limit ends a template that a mistake or an attack
 * makes too large or too slow. {@code docs/templates.md} lists them.
 */
public final class TemplateLimits {

  /** Bytes of UTF-8 of one template. */
  public static final int MAX_BYTES = 500_000;

  /** Placeholders, blocks, comments and {@code _if} attributes of one template. */
  public static final int MAX_MUSTACHES = 10_000;

  /** Blocks inside blocks; each {@code else if} counts as one more. */
  public static final int MAX_DEPTH = 50;

  /** Characters between the braces of one mustache. */
  public static final int MAX_EXPRESSION = 4_000;

  /**
   * Nested parts of one expression, operators in a row, and parts of a path: the parser and the
   * evaluation are recursive, and this many levels fit on the stack of any thread.
   */
  public static final int MAX_EXPRESSION_DEPTH = 100;

  /** Entries that one block iterates over. */
  public static final int MAX_ENTRIES = 5_000;

  /** Iterations of all blocks of one template together. */
  public static final int MAX_ITERATIONS = 200_000;

  /**
   * Steps of one template: each part of the template that is written and each part of an expression
   * that is evaluated is a step.
   */
  public static final int MAX_STEPS = 20_000_000;

  /** Characters of a text that an expression produces. */
  public static final int MAX_TEXT = 1_000_000;

  /** Characters of the output. */
  public static final int MAX_OUTPUT = 10_000_000;

  /** Time for filling in one template; the deadline of an attempt may allow less. */
  public static final Duration MAX_TIME = Duration.ofSeconds(30);

  private TemplateLimits() {}
}
