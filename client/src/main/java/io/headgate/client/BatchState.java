package io.headgate.client;

import java.util.Locale;

/** The state of a batch. */
public enum BatchState {
  PENDING,
  RUNNING,
  COMPLETED,
  PARTIAL,
  FAILED,
  CANCELLING,
  CANCELLED;

  /** True when no item of the batch starts any more, unless its failed items are retried. */
  public boolean finished() {
    return switch (this) {
      case PENDING, RUNNING, CANCELLING -> false;
      case COMPLETED, PARTIAL, FAILED, CANCELLED -> true;
    };
  }

  /** The name in the API: lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
