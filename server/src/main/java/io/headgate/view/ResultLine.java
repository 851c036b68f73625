package io.headgate.view;

import io.headgate.artifact.Artifact;
import io.headgate.batch.ItemState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A settled item, as one line of the results.
 *
 * @param artifacts by name; none unless the item succeeded
 */
public record ResultLine(
    Position position,
    @Nullable String ref,
    ItemState state,
    @Nullable String output,
    @Nullable ItemError error,
    long credits,
    Effort effort,
    List<Artifact> artifacts) {

  public ResultLine {
    artifacts = List.copyOf(artifacts);
  }

  ResultLine with(List<Artifact> kept) {
    return new ResultLine(position, ref, state, output, error, credits, effort, kept);
  }

  /** What it took. {@code startedAt} is the start of the first of {@code attempts}. */
  public record Effort(int attempts, @Nullable Instant startedAt, Instant finishedAt) {}

  public int ordinal() {
    return position.ordinal();
  }
}
