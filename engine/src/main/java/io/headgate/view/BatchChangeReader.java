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
public final class BatchChangeReader {

  /** The maximum number of failures in one response. {@link Results} returns all of them. */
  public static final int MAX_FAILURES = 100;

  /**
   * Changes of a batch.
   *
   * @param batch the current state; pass its epoch to the next call
   * @param failures the first items that failed since the epoch, in settle order
   * @param moreFailures whether more items failed than {@code failures} has
   * @param receipt JSON of the receipt, if the batch was cancelled since the epoch
   */
  public record BatchChanges(
      BatchView batch, List<ItemFailure> failures, boolean moreFailures, @Nullable String receipt) {

    public BatchChanges {
      failures = List.copyOf(failures);
    }

    public long epoch() {
      return batch.status().epoch();
    }
  }

  /** An item that failed and is not retried. */
  public record ItemFailure(
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

  public BatchChangeReader(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Returns all changes after {@code epoch}, read in one snapshot; empty when the account has no
   * such batch.
   *
   * @param epoch the epoch of the previous call; 0 for all changes
   */
  public Optional<BatchChanges> since(UUID account, UUID batchId, long epoch) {
    Batches batches = new Batches(database, clock);
    return database.inSnapshot(
        tx -> batches.find(tx, account, batchId).map(batch -> changes(tx, batch, epoch)));
  }

  private static BatchChanges changes(Snapshot tx, BatchView batch, long epoch) {
    if (batch.status().epoch() <= epoch) {
      return new BatchChanges(batch, List.of(), false, null);
    }
    ListPage<ItemFailure> failures = ListPage.of(failures(tx, batch.id(), epoch), MAX_FAILURES);
    return new BatchChanges(
        batch, failures.data(), failures.hasMore(), receipt(tx, batch.id(), epoch));
  }

  private static List<ItemFailure> failures(Snapshot tx, UUID batchId, long epoch) {
    return tx.query(FAILED_SINCE)
        .bind("batch", batchId)
        .bind("since", epoch)
        .bind("failed", ItemState.FAILED.text())
        .bind("limit", MAX_FAILURES + 1)
        .map((row, context) ->
            new ItemFailure(
                new Position(row.getLong("epoch"), row.getInt("ordinal")),
                row.getString("ref"),
                new ItemError(row.getString("error_code"), row.getString("error_message")),
                TimestampColumns.at(row, "finished_at")))
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
