package io.headgate.view;

import org.jspecify.annotations.Nullable;

/**
 * Why an item or an attempt did not succeed.
 *
 * @param code a stable word for programs
 * @param message for people
 */
public record ItemError(String code, String message) {

  /** Items that a cancel of their batch stopped before they started, or while they waited. */
  public static final ItemError STOPPED =
      new ItemError("cancelled", "the batch was cancelled before the item ran");

  /** Items that had not run when the deadline of their batch came. */
  public static final ItemError EXPIRED =
      new ItemError("expired", "the batch expired before the item ran");

  static @Nullable ItemError of(@Nullable String code, @Nullable String message) {
    return code == null ? null : new ItemError(code, message == null ? "" : message);
  }
}
