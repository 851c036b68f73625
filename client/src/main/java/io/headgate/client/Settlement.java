package io.headgate.client;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of the items that were running when their batch was cancelled.
 *
 * @param state {@code settling} or {@code settled}
 * @param dueAt the promise: by then all are settled
 */
public record Settlement(
    String state,
    @Nullable Instant dueAt,
    @Nullable Instant settledAt,
    long running,
    long succeeded,
    long failed,
    long cancelled,
    long interrupted,
    long abandoned,
    @Nullable Credits credits,
    @Nullable List<SettledItem> items) {

  public boolean settled() {
    return state.equals("settled");
  }

  /** What the settling cost and gave back. */
  public record Credits(long charged, long refunded) {}

  /** One item that was running. */
  public record SettledItem(long ordinal, @Nullable String outcome, @Nullable Instant finishedAt) {}
}
