package io.headgate.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a cancel of single items.
 *
 * @param cancelled the ordinals of the cancelled items, including items that depend on them
 */
public record ItemsCancelResult(
    List<Long> cancelled, List<SkippedItem> skipped, long creditsRefunded) {

  /**
   * An item that was not cancelled.
   *
   * @param reason why it was not cancelled
   */
  public record SkippedItem(long ordinal, @Nullable ItemState state, @Nullable String reason) {}
}
