package io.headgate.client;

import java.util.Locale;

/** The state of an item. */
public enum ItemState {
  PENDING,
  RUNNING,
  SUCCEEDED,
  FAILED,
  CANCELLED;

  /** The name in the API: lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
