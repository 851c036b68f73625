package io.headgate.view;

import io.headgate.batch.Credits;
import io.headgate.batch.ItemState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of the items that were running at the fence.
 *
 * @param dueAt when the last of them will have settled, at the latest
 * @param settledAt null while some still run
 * @param items those that have settled, in settle order, at most {@link #MAX_ITEMS}
 */
public record Settlement(
    @Nullable Instant dueAt,
    @Nullable Instant settledAt,
    Outcomes outcomes,
    Credits credits,
    List<Settled> items) {

  public static final int MAX_ITEMS = 1_000;

  public Settlement {
    items = List.copyOf(items);
  }

  public boolean settled() {
    return outcomes.running() == 0;
  }

  /**
   * In items.
   *
   * @param running those that have not settled yet
   * @param cancelled all that ended cancelled, the next two included
   * @param interrupted stopped when told to
   * @param abandoned did not stop in time
   */
  public record Outcomes(
      int running, int succeeded, int failed, int cancelled, int interrupted, int abandoned) {

    /** All that were running at the fence. */
    public int total() {
      return running + succeeded + failed + cancelled;
    }
  }

  /** One item. */
  public record Settled(int ordinal, ItemState outcome, Instant finishedAt) {}
}
