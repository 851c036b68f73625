package io.headgate.view;

import io.headgate.artifact.Artifact;
import io.headgate.artifact.Artifacts;
import io.headgate.batch.ItemState;
import io.headgate.db.Snapshot;
import io.headgate.view.ItemStore.Ended;
import io.headgate.view.ItemStore.Running;
import io.headgate.view.ItemStore.Submitted;
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
  private record Place(
      ItemState state,
      @Nullable String output,
      @Nullable ItemError error,
      @Nullable Instant finishedAt) {

    static Place of(ItemState state) {
      return new Place(state, null, null, null);
    }
  }

  private final Standing batch;
  private final LiveProgress progress;
  private final Map<Integer, List<Integer>> children;
  private final Map<Integer, List<Ended>> ended;
  private final Map<Integer, Running> running;
  private final Set<Integer> deferred;
  private final Map<Integer, List<Artifact>> artifacts;

  private ItemReader(Snapshot tx, Standing batch, List<Integer> ordinals, LiveProgress progress) {
    this.batch = batch;
    this.progress = progress;
    this.children = ItemStore.children(tx, batch, ordinals);
    this.ended = ItemStore.ended(tx, batch, ordinals);
    this.running = ItemStore.running(tx, batch, ordinals);
    this.deferred = ItemStore.deferred(tx, batch, ordinals);
    this.artifacts = Artifacts.visible(tx, batch.id(), ordinals);
  }

  /** The items with these ordinals, by ordinal; {@code tx} must be a snapshot. */
  static List<ItemView> read(
      Snapshot tx, Standing batch, List<Integer> ordinals, LiveProgress progress) {
    if (ordinals.isEmpty()) {
      return List.of();
    }
    ItemReader reader = new ItemReader(tx, batch, ordinals, progress);
    return ItemStore.submitted(tx, batch, ordinals).stream().map(reader::view).toList();
  }

  private ItemView view(Submitted item) {
    Place place = place(item.ordinal());
    return new ItemView(
        item.ordinal(),
        item.ref(),
        place.state(),
        new ItemView.Data(item.input(), place.output()),
        place.error(),
        run(item.ordinal(), place),
        new ItemView.Relatives(item.parent(), children.getOrDefault(item.ordinal(), List.of())),
        artifacts.getOrDefault(item.ordinal(), List.of()));
  }

  private Place place(int ordinal) {
    if (running.containsKey(ordinal)) {
      return Place.of(ItemState.RUNNING);
    }
    List<Ended> rows = ended.getOrDefault(ordinal, List.of());
    if (!rows.isEmpty() && rows.getLast().decisive() && !deferred.contains(ordinal)) {
      Ended last = rows.getLast();
      AttemptView attempt = last.attempt();
      return new Place(
          attempt.outcome() == null ? ItemState.CANCELLED : attempt.outcome(),
          last.output(),
          attempt.error(),
          attempt.finishedAt());
    }
    Standing.Fence fence = batch.fence();
    return fence == null
        ? Place.of(ItemState.PENDING)
        : new Place(ItemState.CANCELLED, null, fence.stopped(), fence.at());
  }

  private ItemView.Run run(int ordinal, Place place) {
    List<AttemptView> attempts = new ArrayList<>();
    for (Ended row : ended.getOrDefault(ordinal, List.of())) {
      if (row.ran()) {
        attempts.add(row.attempt());
      }
    }
    Running now = running.get(ordinal);
    if (now != null) {
      attempts.add(now.attempt());
    }
    return new ItemView.Run(
        attempts,
        now == null ? null : progress.find(batch.id(), ordinal).orElse(now.noted()),
        place.state() == ItemState.SUCCEEDED ? batch.perItem() : 0,
        attempts.isEmpty() ? null : attempts.getFirst().startedAt(),
        place.finishedAt());
  }
}
