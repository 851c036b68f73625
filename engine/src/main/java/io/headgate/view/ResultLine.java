package io.headgate.view;

import io.headgate.artifact.Artifact;
import io.headgate.batch.ItemState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of one item.
 *
 * @param artifacts sorted by name; empty unless the item succeeded
 */
public record ResultLine(
    Position position,
    @Nullable String ref,
    ItemState state,
    @Nullable String output,
    @Nullable ItemError error,
    long credits,
    AttemptSummary attemptSummary,
    List<Artifact> artifacts) {

  public ResultLine {
    artifacts = List.copyOf(artifacts);
  }

  ResultLine withArtifacts(List<Artifact> newArtifacts) {
    return new ResultLine(
        position, ref, state, output, error, credits, attemptSummary, newArtifacts);
  }

  /** Number of attempts, start of the first and end of the last. */
  public record AttemptSummary(int attempts, @Nullable Instant startedAt, Instant finishedAt) {}

  public int ordinal() {
    return position.ordinal();
  }
}
