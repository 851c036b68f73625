package io.headgate.batch;

import java.util.Locale;

/** What a cancel does to the items that are running at its fence. */
public enum CancelMode {
  /** They finish and are charged. */
  DRAIN,
  /**
   * They are ordered to stop at once; what has not stopped when the grace period ends is abandoned.
   * Both are refunded, unless they succeeded in the meantime.
   */
  INTERRUPT;

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException for a word that names no mode
   */
  public static CancelMode of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
