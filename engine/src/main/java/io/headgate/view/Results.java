package io.headgate.view;

import io.headgate.artifact.Artifact;
import io.headgate.artifact.Artifacts;
import io.headgate.batch.ItemState;
import io.headgate.db.Database;
import io.headgate.db.Snapshot;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settled items of a batch in settle order. Items that a cancel stopped settle at its
 * fence, by ordinal. A reader that continues after the last position it has read misses no result
 * and gets none twice; an item that was retried meanwhile is returned again with its new result.
 * Thread-safe.
 */
public final class Results {

  /**
   * Consecutive results.
   *
   * @param ended whether no more results will follow
   */
  public record ResultSlice(List<ResultLine> lines, boolean ended) {

    public ResultSlice {
      lines = List.copyOf(lines);
    }

    /** Returns the last position of the chunk, or {@code before} when the chunk is empty. */
    public Position next(Position before) {
      return lines.isEmpty() ? before : lines.getLast().position();
    }
  }

  private static final int CHUNK_LINES = 1_000;

  private final Database database;
  private final InstantSource clock;

  public Results(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Returns the next results after a position, at most 1,000 and fewer when they are large; empty
   * when the account has no such batch.
   *
   * @param state only items in this state; null for all
   */
  public Optional<ResultSlice> after(
      UUID account, UUID batchId, @Nullable ItemState state, Position after) {
    return database.inSnapshot(tx ->
        BatchColumns.find(tx, account, batchId, clock.instant())
            .map(batch -> chunk(tx, batch, state, after)));
  }

  /**
   * Passes all current results to {@code sink}, in chunks: memory use is constant, and no
   * connection is held while {@code sink} runs. Returns false when the account has no such batch.
   */
  public boolean each(
      UUID account,
      UUID batchId,
      @Nullable ItemState state,
      Position after,
      Consumer<ResultLine> sink) {
    Position position = after;
    while (true) {
      Optional<ResultSlice> chunk = after(account, batchId, state, position);
      if (chunk.isEmpty()) {
        return false;
      }
      chunk.get().lines().forEach(sink);
      if (chunk.get().lines().isEmpty()) {
        return true;
      }
      position = chunk.get().next(position);
    }
  }

  private static ResultSlice chunk(
      Snapshot tx, BatchColumns batch, @Nullable ItemState state, Position after) {
    ResultCollector lines = new ResultCollector(CHUNK_LINES);
    for (ResultSource source : sources(batch, state, after)) {
      if (!lines.full()) {
        source.read(tx, batch, lines);
      }
    }
    return new ResultSlice(
        withArtifacts(tx, batch, lines.lines()), !lines.full() && batch.state().finished());
  }

  private static List<ResultLine> withArtifacts(
      Snapshot tx, BatchColumns batch, List<ResultLine> lines) {
    List<Integer> succeeded =
        lines.stream()
            .filter(line -> line.state() == ItemState.SUCCEEDED)
            .map(ResultLine::ordinal)
            .toList();
    Map<Integer, List<Artifact>> byOrdinal =
        succeeded.isEmpty() ? Map.of() : Artifacts.visible(tx, batch.id(), succeeded);
    return byOrdinal.isEmpty()
        ? lines
        : lines.stream()
            .map(line -> line.withArtifacts(byOrdinal.getOrDefault(line.ordinal(), List.of())))
            .toList();
  }

  private static List<ResultSource> sources(
      BatchColumns batch, @Nullable ItemState state, Position after) {
    BatchColumns.CancelFence fence = batch.fence();
    if (fence == null) {
      return List.of(new ResultSource.SettledRows(after, Long.MAX_VALUE, state));
    }
    List<ResultSource> sources = new ArrayList<>();
    Position stopped = new Position(fence.epoch(), -1);
    Position afterStopped = new Position(fence.epoch(), Integer.MAX_VALUE);
    sources.add(new ResultSource.SettledRows(after, fence.epoch(), state));
    if (state == null || state == ItemState.CANCELLED) {
      sources.add(new ResultSource.StoppedItems(later(after, stopped), fence));
    }
    sources.add(new ResultSource.SettledRows(later(after, afterStopped), Long.MAX_VALUE, state));
    return sources;
  }

  private static Position later(Position a, Position b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
