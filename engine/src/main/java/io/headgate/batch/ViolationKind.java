package io.headgate.batch;

/** The kinds of invalid input, for APIs that report a machine-readable code. */
public enum ViolationKind {
  /** A required field is missing. */
  MISSING,
  /** The value has the wrong JSON type. */
  WRONG_TYPE,
  /** A number is too small or too large, or a collection has too few or too many elements. */
  OUT_OF_RANGE,
  /** A text has more characters or bytes than the limit. */
  TOO_LONG,
  /** Any other error: not an allowed value, not a URL, not allowed with another field. */
  MALFORMED
}
