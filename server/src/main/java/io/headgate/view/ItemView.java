package io.headgate.view;

import io.headgate.artifact.Artifact;
import io.headgate.batch.ItemState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An item as it stood at one moment.
 *
 * @param artifacts by name; none unless the item succeeded
 */
public record ItemView(
    int ordinal,
    @Nullable String ref,
    ItemState state,
    Data data,
    @Nullable ItemError error,
    Run run,
    Relatives relatives,
    List<Artifact> artifacts) {

  public ItemView {
    artifacts = List.copyOf(artifacts);
  }

  /**
   * @param input JSON as submitted
   * @param output JSON; null unless the item succeeded
   */
  public record Data(String input, @Nullable String output) {}

  /**
   * What was done for the item.
   *
   * @param attempts those that started, by number
   * @param progress of the running attempt, if anybody knows
   * @param credits charged
   * @param startedAt when its first attempt started
   * @param finishedAt when it settled
   */
  public record Run(
      List<AttemptView> attempts,
      LiveProgress.@Nullable Report progress,
      long credits,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt) {

    public Run {
      attempts = List.copyOf(attempts);
    }
  }

  /**
   * One try.
   *
   * @param node name of the node that ran it
   * @param finishedAt null while it runs, as is {@code outcome}
   * @param error null while it runs and when it succeeded
   */
  public record AttemptView(
      int number,
      @Nullable String node,
      Instant startedAt,
      @Nullable Instant finishedAt,
      @Nullable ItemState outcome,
      @Nullable ItemError error) {}

  /** Ordinals of related items. */
  public record Relatives(@Nullable Integer parent, List<Integer> children) {

    public Relatives {
      children = List.copyOf(children);
    }
  }
}
