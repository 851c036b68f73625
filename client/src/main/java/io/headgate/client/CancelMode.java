package io.headgate.client;

import java.util.Locale;

/** What a cancel does to items that are running. */
public enum CancelMode {
  /** They finish and are charged. */
  DRAIN,
  /** They are stopped after the grace period and refunded. */
  INTERRUPT;

  /** The word on the wire. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
