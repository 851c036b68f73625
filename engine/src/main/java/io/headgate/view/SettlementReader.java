package io.headgate.view;

import io.headgate.batch.Counts;
import io.headgate.batch.Credits;
import io.headgate.batch.ItemState;
import io.headgate.db.Database;
import io.headgate.db.Snapshot;
import io.headgate.view.Settlement.Outcomes;
import io.headgate.view.Settlement.SettledItem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads settlements of cancelled batches. Thread-safe. */
public final class SettlementReader {

  private static final String COUNT_RUNNING_AT_FENCE =
      """
      select count(*) filter (where outcome = 'succeeded') as succeeded,
             count(*) filter (where outcome = 'failed') as failed,
             count(*) filter (where outcome = 'cancelled') as cancelled,
             count(*) filter (where error_code = 'interrupted' and outcome = 'cancelled')
               as interrupted,
             count(*) filter (where error_code = 'abandoned' and outcome = 'cancelled')
               as abandoned,
             (select coalesce(sum(cardinality(c.ordinals)), 0) from claim c
              where c.batch_id = :batch) as running,
             max(finished_at) as finished_at
      from result
      where batch_id = :batch and epoch > :fence and claim_epoch < :fence
      """;

  private static final String LIST_RUNNING_AT_FENCE =
      """
      select ordinal, outcome, finished_at from result
      where batch_id = :batch and epoch > :fence and claim_epoch < :fence
      order by epoch, ordinal limit :limit
      """;

  private final Database database;
  private final InstantSource clock;

  public SettlementReader(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Returns the settlement; empty when the account has no such batch or it was not cancelled. */
  public Optional<Settlement> find(UUID account, UUID batchId) {
    return database.inSnapshot(tx ->
        BatchColumns.find(tx, account, batchId, clock.instant())
            .flatMap(
                batch -> Optional.ofNullable(batch.fence()).map(fence -> read(tx, batch, fence))));
  }

  private static Settlement read(Snapshot tx, BatchColumns batch, BatchColumns.CancelFence fence) {
    return tx.query(COUNT_RUNNING_AT_FENCE)
        .bind("batch", batch.id())
        .bind("fence", fence.epoch())
        .map((row, context) -> settlement(row, batch, fence, items(tx, batch, fence)))
        .one();
  }

  private static List<SettledItem> items(
      Snapshot tx, BatchColumns batch, BatchColumns.CancelFence fence) {
    return tx.query(LIST_RUNNING_AT_FENCE)
        .bind("batch", batch.id())
        .bind("fence", fence.epoch())
        .bind("limit", Settlement.MAX_ITEMS)
        .map((row, context) ->
            new SettledItem(
                row.getInt("ordinal"),
                ItemState.of(row.getString("outcome")),
                TimestampColumns.at(row, "finished_at")))
        .list();
  }

  private static Settlement settlement(
      ResultSet row, BatchColumns batch, BatchColumns.CancelFence fence, List<SettledItem> items)
      throws SQLException {
    Outcomes outcomes =
        new Outcomes(
            row.getInt("running"),
            row.getInt("succeeded"),
            row.getInt("failed"),
            row.getInt("cancelled"),
            row.getInt("interrupted"),
            row.getInt("abandoned"));
    Instant last = TimestampColumns.find(row, "finished_at");
    // When no item ran at the fence, the cancel itself settled the batch.
    Instant settledAt = last == null ? fence.at() : last;
    return new Settlement(
        fence.dueAt(),
        outcomes.running() > 0 ? null : settledAt,
        outcomes,
        credits(batch, outcomes),
        items);
  }

  private static Credits credits(BatchColumns batch, Outcomes outcomes) {
    return Credits.of(
        batch.perItem(),
        new Counts(
            outcomes.total(),
            0,
            outcomes.running(),
            outcomes.succeeded(),
            outcomes.failed(),
            outcomes.cancelled()));
  }
}
