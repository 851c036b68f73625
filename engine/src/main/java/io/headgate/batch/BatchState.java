package io.headgate.batch;

import java.util.Locale;

/** The states of a batch; {@link Lifecycle} defines the transitions. */
public enum BatchState {
  PENDING,
  RUNNING,
  COMPLETED,
  PARTIAL,
  FAILED,
  CANCELLING,
  CANCELLED;

  /** The word used in columns, API, console and command line. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException for a word that names no state
   */
  public static BatchState of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** True once no item of the batch will ever start again (a retry of failed items excepted). */
  public boolean finished() {
    return switch (this) {
      case PENDING, RUNNING, CANCELLING -> false;
      case COMPLETED, PARTIAL, FAILED, CANCELLED -> true;
    };
  }

  /** True once a cancel has committed: no claim of a later epoch exists. */
  public boolean fenced() {
    return this == CANCELLING || this == CANCELLED;
  }
}
