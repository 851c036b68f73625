package io.headgate.client;

import java.util.Locale;

/** What a cancel does with items that are running. */
public enum CancelMode {
  /** Running items finish and are charged. */
  DRAIN,
  /** Running items are interrupted, have the grace period to stop, and are refunded. */
  INTERRUPT;

  /** The name in the API: lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
