package io.headgate.client;

import java.util.Locale;

/** The states of an item, as the API spells them. */
public enum ItemState {
  PENDING,
  RUNNING,
  SUCCEEDED,
  FAILED,
  CANCELLED;

  /** The word on the wire. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
