package io.headgate.engine;

import io.headgate.db.Tx;
import java.time.Duration;
import java.time.Instant;

/**
 * Records at intervals how many items of running batches are settled, without locks, so that a view
 * can show their current rate.
 */
final class BatchRates {

  /** Older records do not count for the current rate. */
  private static final Duration WINDOW = Duration.ofMinutes(1);

  /** Other nodes record too. */
  private static final Duration MIN_INTERVAL = Duration.ofSeconds(4);

  private static final String RECORD_RUNNING =
      """
      insert into batch_rate (batch_id, at, settled)
      select b.id, :now, b.succeeded + b.failed from batch b
      where b.finished_at is null and b.state in ('running', 'cancelling')
        and not exists (select from batch_rate r where r.batch_id = b.id and r.at > :recently)
      on conflict do nothing
      """;

  // Skips what a resume deletes at this moment: neither ever waits for the other.
  private static final String DELETE_OLD =
      """
      delete from batch_rate where (batch_id, at) in (
        select batch_id, at from batch_rate where at < :past for update skip locked)
      """;

  private static final String DELETE_OF_BATCH = "delete from batch_rate where batch_id = :batch";

  private static final String RECORD =
      """
      insert into batch_rate (batch_id, at, settled) values (:batch, :now, :settled)
      on conflict do nothing
      """;

  private BatchRates() {}

  static void record(Tx tx, Instant now) {
    tx.update(DELETE_OLD).bind("past", now.minus(WINDOW)).execute();
    tx.update(RECORD_RUNNING).bind("now", now).bind("recently", now.minus(MIN_INTERVAL)).execute();
  }

  /** Restarts the measurement of a batch that was paused or whose items are retried. */
  static void restart(Tx tx, BatchRow batchRow, Instant now) {
    tx.update(DELETE_OF_BATCH).bind("batch", batchRow.facts.id()).execute();
    tx.update(RECORD)
        .bind("batch", batchRow.facts.id())
        .bind("now", now)
        .bind("settled", batchRow.items().succeeded() + batchRow.items().failed())
        .execute();
  }
}
