package io.headgate.batch;

/**
 * One thing wrong with an input.
 *
 * @param field the path of the offending field, dotted ({@code limits.concurrency}); empty for the
 *     whole
 * @param message what is wrong and what would be right, one sentence without a full stop
 * @param kind the kind of the error, for APIs that report a code
 */
public record Violation(String field, String message, ViolationKind kind) {

  /** A violation of kind {@link ViolationKind#MALFORMED}. */
  public Violation(String field, String message) {
    this(field, message, ViolationKind.MALFORMED);
  }

  /** A required field is missing. */
  public static Violation missing(String field) {
    return new Violation(field, "is required", ViolationKind.MISSING);
  }

  /** The same violation at another location. */
  public Violation at(String other) {
    return new Violation(other, message, kind);
  }
}
