package io.headgate.view;

import io.headgate.batch.ItemState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A settled item, as one line of the results. */
public record ResultLine(
    Position position,
    @Nullable String ref,
    ItemState state,
    @Nullable String output,
    @Nullable ItemError error,
    long credits,
    Effort effort) {

  /** What it took. {@code startedAt} is the start of the first of {@code attempts}. */
  public record Effort(int attempts, @Nullable Instant startedAt, Instant finishedAt) {}

  public int ordinal() {
    return position.ordinal();
  }
}
