package io.headgate.view;

import io.headgate.batch.ItemState;
import io.headgate.db.Database;
import io.headgate.db.Snapshot;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happened to a batch since somebody last looked. */
public final class BatchEvents {

  /** Failures told of in one look; whoever wants them all reads the results. */
  public static final int MAX_FAILURES = 100;

  /**
   * News of a batch.
   *
   * @param batch as it stands now; its epoch is where the next look goes on
   * @param failures the first items that failed since, in settle order
   * @param more true when more failed than are told of
   * @param receipt of the cancel, when it came since
   */
  public record News(
      BatchView batch, List<Failure> failures, boolean more, @Nullable String receipt) {

    public News {
      failures = List.copyOf(failures);
    }

    public long epoch() {
      return batch.status().epoch();
    }
  }

  /** An item that failed for good. */
  public record Failure(
      Position position, @Nullable String ref, ItemError error, Instant finishedAt) {}

  private static final String FAILED_SINCE =
      """
      select r.epoch, r.ordinal, i.ref, r.error_code, r.error_message, r.finished_at
      from result r join item i on i.batch_id = :batch and i.ordinal = r.ordinal
      where r.batch_id = :batch and r.epoch > :since and r.final and r.outcome = :failed
      order by r.epoch, r.ordinal limit :limit
      """;

  private static final String RECEIPT_SINCE =
      "select body from receipt where batch_id = :batch and epoch > :since";

  private final Database database;
  private final InstantSource clock;

  public BatchEvents(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Everything new after {@code epoch}, seen at one moment; empty when the account has no such
   * batch.
   *
   * @param epoch of the last look; 0 for everything
   */
  public Optional<News> since(UUID account, UUID batchId, long epoch) {
    Batches batches = new Batches(database, clock);
    return database.inSnapshot(
        tx -> batches.find(tx, account, batchId).map(batch -> news(tx, batch, epoch)));
  }

  private static News news(Snapshot tx, BatchView batch, long epoch) {
    if (batch.status().epoch() <= epoch) {
      return new News(batch, List.of(), false, null);
    }
    Page<Failure> failures = Page.of(failures(tx, batch.id(), epoch), MAX_FAILURES);
    return new News(batch, failures.data(), failures.more(), receipt(tx, batch.id(), epoch));
  }

  private static List<Failure> failures(Snapshot tx, UUID batchId, long epoch) {
    return tx.query(FAILED_SINCE)
        .bind("batch", batchId)
        .bind("since", epoch)
        .bind("failed", ItemState.FAILED.word())
        .bind("limit", MAX_FAILURES + 1)
        .map((row, context) ->
            new Failure(
                new Position(row.getLong("epoch"), row.getInt("ordinal")),
                row.getString("ref"),
                new ItemError(row.getString("error_code"), row.getString("error_message")),
                Times.at(row, "finished_at")))
        .list();
  }

  private static @Nullable String receipt(Snapshot tx, UUID batchId, long epoch) {
    return tx.query(RECEIPT_SINCE)
        .bind("batch", batchId)
        .bind("since", epoch)
        .mapTo(String.class)
        .findOne()
        .orElse(null);
  }
}
