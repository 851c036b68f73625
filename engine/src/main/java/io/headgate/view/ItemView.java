package io.headgate.view;

import io.headgate.artifact.Artifact;
import io.headgate.batch.ItemState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of an item.
 *
 * @param artifacts sorted by name; empty unless the item succeeded
 */
public record ItemView(
    int ordinal,
    @Nullable String ref,
    ItemState state,
    ItemData data,
    @Nullable ItemError error,
    ItemAttempts run,
    RelatedItems relatedItems,
    List<Artifact> artifacts) {

  public ItemView {
    artifacts = List.copyOf(artifacts);
  }

  /**
   * Input and output of an item.
   *
   * @param input JSON as submitted
   * @param output JSON; null unless the item succeeded
   */
  public record ItemData(String input, @Nullable String output) {}

  /**
   * The attempts of an item and their cost.
   *
   * @param attempts started attempts, by number
   * @param progress progress of the running attempt; null when unknown
   * @param credits charged credits
   * @param startedAt start of the first attempt
   * @param finishedAt when the item settled
   */
  public record ItemAttempts(
      List<AttemptView> attempts,
      LiveProgress.@Nullable ProgressReport progress,
      long credits,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt) {

    public ItemAttempts {
      attempts = List.copyOf(attempts);
    }
  }

  /**
   * One attempt.
   *
   * @param node name of the node that ran it
   * @param finishedAt null while it runs, as is {@code outcome}
   * @param error null while it runs and if it succeeded
   */
  public record AttemptView(
      int number,
      @Nullable String node,
      Instant startedAt,
      @Nullable Instant finishedAt,
      @Nullable ItemState outcome,
      @Nullable ItemError error) {}

  /** The ordinals of related items. */
  public record RelatedItems(@Nullable Integer parent, List<Integer> children) {

    public RelatedItems {
      children = List.copyOf(children);
    }
  }
}
