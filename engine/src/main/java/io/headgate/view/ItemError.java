package io.headgate.view;

import org.jspecify.annotations.Nullable;

/**
 * The error of an item or attempt that did not succeed.
 *
 * @param code stable code for programs
 * @param message description for people
 */
public record ItemError(String code, String message) {

  /** The error of items that a cancel of their batch stopped while they were pending. */
  public static final ItemError STOPPED =
      new ItemError("cancelled", "the batch was cancelled before the item ran");

  /** The error of items that were pending when their batch expired. */
  public static final ItemError EXPIRED =
      new ItemError("expired", "the batch expired before the item ran");

  static @Nullable ItemError of(@Nullable String code, @Nullable String message) {
    return code == null ? null : new ItemError(code, message == null ? "" : message);
  }
}
