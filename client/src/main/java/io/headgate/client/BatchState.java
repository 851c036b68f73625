package io.headgate.client;

import java.util.Locale;

/** The states of a batch, as the API spells them. */
public enum BatchState {
  PENDING,
  RUNNING,
  COMPLETED,
  PARTIAL,
  FAILED,
  CANCELLING,
  CANCELLED;

  /** True once no item of the batch will start again, a retry of failed ones excepted. */
  public boolean finished() {
    return switch (this) {
      case PENDING, RUNNING, CANCELLING -> false;
      case COMPLETED, PARTIAL, FAILED, CANCELLED -> true;
    };
  }

  /** The word on the wire. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
