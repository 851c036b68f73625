package io.headgate.batch;

import java.util.Locale;

/** The states of an item. */
public enum ItemState {
  PENDING,
  RUNNING,
  SUCCEEDED,
  FAILED,
  CANCELLED;

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException for a word that names no state
   */
  public static ItemState of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** True for the states an item never leaves (a retry of a failed item excepted). */
  public boolean settled() {
    return this == SUCCEEDED || this == FAILED || this == CANCELLED;
  }
}
