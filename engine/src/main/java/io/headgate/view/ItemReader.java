package io.headgate.view;

import io.headgate.artifact.Artifact;
import io.headgate.artifact.Artifacts;
import io.headgate.batch.ItemState;
import io.headgate.db.Snapshot;
import io.headgate.view.ItemRowReader.EndedAttempt;
import io.headgate.view.ItemRowReader.RunningItem;
import io.headgate.view.ItemRowReader.SubmittedItem;
import io.headgate.view.ItemView.AttemptView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Derives the state of items from their stored rows. */
final class ItemReader {

  /** The state of an item and, once it has settled, its result. */
  private record ItemOutcome(
      ItemState state,
      @Nullable String output,
      @Nullable ItemError error,
      @Nullable Instant finishedAt) {

    static ItemOutcome of(ItemState state) {
      return new ItemOutcome(state, null, null, null);
    }
  }

  private final BatchColumns batch;
  private final LiveProgress progress;
  private final Map<Integer, List<Integer>> children;
  private final Map<Integer, List<EndedAttempt>> endedAttempts;
  private final Map<Integer, RunningItem> runningAttempts;
  private final Set<Integer> deferred;
  private final Map<Integer, List<Artifact>> artifacts;

  private ItemReader(
      Snapshot tx, BatchColumns batch, List<Integer> ordinals, LiveProgress progress) {
    this.batch = batch;
    this.progress = progress;
    this.children = ItemRowReader.children(tx, batch, ordinals);
    this.endedAttempts = ItemRowReader.ended(tx, batch, ordinals);
    this.runningAttempts = ItemRowReader.running(tx, batch, ordinals);
    this.deferred = ItemRowReader.deferred(tx, batch, ordinals);
    this.artifacts = Artifacts.visible(tx, batch.id(), ordinals);
  }

  /** The items with these ordinals, by ordinal; {@code tx} must be a snapshot. */
  static List<ItemView> read(
      Snapshot tx, BatchColumns batch, List<Integer> ordinals, LiveProgress progress) {
    if (ordinals.isEmpty()) {
      return List.of();
    }
    ItemReader reader = new ItemReader(tx, batch, ordinals, progress);
    return ItemRowReader.submitted(tx, batch, ordinals).stream().map(reader::view).toList();
  }

  private ItemView view(SubmittedItem item) {
    ItemOutcome outcome = outcome(item.ordinal());
    return new ItemView(
        item.ordinal(),
        item.ref(),
        outcome.state(),
        new ItemView.ItemData(item.input(), outcome.output()),
        outcome.error(),
        run(item.ordinal(), outcome),
        new ItemView.RelatedItems(item.parent(), children.getOrDefault(item.ordinal(), List.of())),
        artifacts.getOrDefault(item.ordinal(), List.of()));
  }

  private ItemOutcome outcome(int ordinal) {
    if (runningAttempts.containsKey(ordinal)) {
      return ItemOutcome.of(ItemState.RUNNING);
    }
    List<EndedAttempt> rows = endedAttempts.getOrDefault(ordinal, List.of());
    if (!rows.isEmpty() && rows.getLast().finalAttempt() && !deferred.contains(ordinal)) {
      EndedAttempt last = rows.getLast();
      AttemptView attempt = last.attempt();
      return new ItemOutcome(
          attempt.outcome() == null ? ItemState.CANCELLED : attempt.outcome(),
          last.output(),
          attempt.error(),
          attempt.finishedAt());
    }
    BatchColumns.CancelFence fence = batch.fence();
    return fence == null
        ? ItemOutcome.of(ItemState.PENDING)
        : new ItemOutcome(ItemState.CANCELLED, null, fence.stopped(), fence.at());
  }

  private ItemView.ItemAttempts run(int ordinal, ItemOutcome outcome) {
    List<AttemptView> attempts = new ArrayList<>();
    for (EndedAttempt row : endedAttempts.getOrDefault(ordinal, List.of())) {
      if (row.ran()) {
        attempts.add(row.attempt());
      }
    }
    RunningItem runningAttempt = runningAttempts.get(ordinal);
    if (runningAttempt != null) {
      attempts.add(runningAttempt.attempt());
    }
    return new ItemView.ItemAttempts(
        attempts,
        runningAttempt == null
            ? null
            : progress.find(batch.id(), ordinal).orElse(runningAttempt.storedProgress()),
        outcome.state() == ItemState.SUCCEEDED ? batch.perItem() : 0,
        attempts.isEmpty() ? null : attempts.getFirst().startedAt(),
        outcome.finishedAt());
  }
}
