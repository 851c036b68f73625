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

/** Reads what has changed in a batch since an epoch. Thread-safe. */
public final class BatchEvents {

  /** Maximum failures in one answer. {@link Results} has all of them. */
  public static final int MAX_FAILURES = 100;

  /**
   * Changes of a batch.
   *
   * @param batch the current state; pass its epoch to the next call
   * @param failures the first items that failed since the epoch, in settle order
   * @param more whether more items failed than {@code failures} has
   * @param receipt JSON of the receipt, if the batch was cancelled since the epoch
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

  /** An item that failed and is not retried. */
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
   * Returns all changes after {@code epoch}, read in one snapshot; empty when the account has no
   * such batch.
   *
   * @param epoch the epoch of the previous call; 0 for all changes
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
