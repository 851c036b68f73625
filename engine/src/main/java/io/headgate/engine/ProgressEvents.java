package io.headgate.engine;

import io.headgate.batch.BatchState;
import io.headgate.db.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Appends the progress of running batches as events, for batches with a listening webhook. Takes no
 * lock on a batch: the distribution of events drops progress that comes after the end of its batch.
 */
final class ProgressEvents {

  /** The shortest time between two events of one batch, on all nodes together. */
  static final Duration MIN_INTERVAL = Duration.ofSeconds(5);

  private static final String PROGRESSED_AND_LISTENED_TO =
      """
      select b.id from batch b
      where b.finished_at is null and b.state in ('running', 'cancelling')
        and b.succeeded + b.failed + b.cancelled > 0
        and exists (select from webhook_endpoint e
          where 'batch.progress' = any(e.events) and e.deleted_at is null and e.state <> 'failed'
            and (e.batch_id = b.id or (e.batch_id is null and e.account_id = b.account_id)))
        and not exists (select from webhook_progress p
          where p.batch_id = b.id
            and (p.at > :recently or p.settled = b.succeeded + b.failed + b.cancelled))
      order by b.id limit 200
      """;

  private static final String RECORD_UNLESS_RECENT =
      """
      insert into webhook_progress as p (batch_id, at, settled) values (:batch, :now, :settled)
      on conflict (batch_id) do update set at = excluded.at, settled = excluded.settled
      where p.at <= :recently and p.settled <> excluded.settled
      """;

  private static final String DELETE_ENDED =
      """
      delete from webhook_progress p
      where not exists (select from batch b where b.id = p.batch_id and b.finished_at is null)
      """;

  private ProgressEvents() {}

  /** Returns for how many batches an event was appended. */
  static int append(Tx tx, Instant now) {
    Instant recently = now.minus(MIN_INTERVAL);
    tx.update(DELETE_ENDED).execute();
    List<UUID> batches =
        tx.query(PROGRESSED_AND_LISTENED_TO).bind("recently", recently).mapTo(UUID.class).list();
    List<BatchRow> appended = new ArrayList<>();
    for (BatchRow batchRow : BatchRowReader.read(tx, batches).values()) {
      boolean runs =
          batchRow.state() == BatchState.RUNNING || batchRow.state() == BatchState.CANCELLING;
      if (runs
          && batchRow.counts().settled() > 0
          && recordUnlessRecent(tx, batchRow, now, recently)) {
        EventRecorder.progress(batchRow, now);
        appended.add(batchRow);
      }
    }
    EventWriter.append(tx, appended);
    return appended.size();
  }

  private static boolean recordUnlessRecent(
      Tx tx, BatchRow batchRow, Instant now, Instant recently) {
    return tx.update(RECORD_UNLESS_RECENT)
            .bind("batch", batchRow.facts.id())
            .bind("now", now)
            .bind("recently", recently)
            .bind("settled", batchRow.counts().settled())
            .execute()
        > 0;
  }
}
