package io.headgate.view;

import io.headgate.batch.Credits;
import io.headgate.batch.ItemState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcomes of the items that were running at the fence.
 *
 * @param dueAt the latest time at which the last of them settles
 * @param settledAt null while some of them still run
 * @param items settled items in settle order, at most {@link #MAX_ITEMS}
 */
public record Settlement(
    @Nullable Instant dueAt,
    @Nullable Instant settledAt,
    Outcomes outcomes,
    Credits credits,
    List<SettledItem> items) {

  public static final int MAX_ITEMS = 1_000;

  public Settlement {
    items = List.copyOf(items);
  }

  public boolean settled() {
    return outcomes.running() == 0;
  }

  /**
   * Numbers of items.
   *
   * @param running not settled yet
   * @param cancelled ended cancelled, including {@code interrupted} and {@code abandoned}
   * @param interrupted stopped within the grace period
   * @param abandoned did not stop within the grace period
   */
  public record Outcomes(
      int running, int succeeded, int failed, int cancelled, int interrupted, int abandoned) {

    /** Returns the number of items that were running at the fence. */
    public int total() {
      return running + succeeded + failed + cancelled;
    }
  }

  /** A settled item. */
  public record SettledItem(int ordinal, ItemState outcome, Instant finishedAt) {}
}
