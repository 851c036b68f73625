package io.headgate.client;

import org.jspecify.annotations.Nullable;

/**
 * Which results to read.
 *
 * @param state only these; null for all
 * @param after go on after this position; null from the start
 * @param follow wait for more until the batch ends
 */
public record ResultQuery(@Nullable ItemState state, @Nullable String after, boolean follow) {

  public static final ResultQuery ALL = new ResultQuery(null, null, false);

  public ResultQuery following() {
    return new ResultQuery(state, after, true);
  }

  public ResultQuery after(@Nullable String position) {
    return new ResultQuery(state, position, follow);
  }
}
