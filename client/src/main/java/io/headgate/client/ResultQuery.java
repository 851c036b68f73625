package io.headgate.client;

import org.jspecify.annotations.Nullable;

/**
 * Selects results of a batch.
 *
 * @param state only items in this state; null for all
 * @param after {@link Result#position} of the last result already read; null for the start
 * @param follow true to wait for further results until the batch ends
 */
public record ResultQuery(@Nullable ItemState state, @Nullable String after, boolean follow) {

  /** All results that exist now. */
  public static final ResultQuery ALL = new ResultQuery(null, null, false);

  /** The same query, which waits for further results until the batch ends. */
  public ResultQuery following() {
    return new ResultQuery(state, after, true);
  }

  /** The same query, resumed after {@code position}. */
  public ResultQuery after(@Nullable String position) {
    return new ResultQuery(state, position, follow);
  }
}
