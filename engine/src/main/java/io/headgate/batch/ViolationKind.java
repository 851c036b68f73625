package io.headgate.batch;

/** The kinds of invalid input, for APIs that report a machine-readable code. */
public enum ViolationKind {
  /** It has to be there, and is not. */
  MISSING,
  /** It is of another JSON type than it must be. */
  WRONG_TYPE,
  /** A number that is too small or too large, or a collection of too few or too many. */
  OUT_OF_RANGE,
  /** A text of more characters or bytes than are taken. */
  TOO_LONG,
  /** Whatever is wrong otherwise: not one of the words, not a URL, not beside another field. */
  MALFORMED
}
