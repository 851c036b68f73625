package io.headgate.engine;

import io.headgate.db.Tx;
import java.time.Duration;
import java.time.Instant;

/**
 * Records now and then how many items of running batches are settled, without locks, so that a view
 * can show their current rate.
 */
final class Rates {

  /** Older records do not count for the current rate. */
  private static final Duration WINDOW = Duration.ofMinutes(1);

  /** Other nodes record too. */
  private static final Duration OFTEN_ENOUGH = Duration.ofSeconds(4);

  private static final String NOTE_RUNNING =
      """
      insert into batch_rate (batch_id, at, settled)
      select b.id, :now, b.succeeded + b.failed from batch b
      where b.finished_at is null and b.state in ('running', 'cancelling')
        and not exists (select from batch_rate r where r.batch_id = b.id and r.at > :recently)
      on conflict do nothing
      """;

  // Skips what a resume deletes at this moment: neither ever waits for the other.
  private static final String FORGET =
      """
      delete from batch_rate where (batch_id, at) in (
        select batch_id, at from batch_rate where at < :past for update skip locked)
      """;

  private static final String FORGET_BATCH = "delete from batch_rate where batch_id = :batch";

  private static final String NOTE =
      """
      insert into batch_rate (batch_id, at, settled) values (:batch, :now, :settled)
      on conflict do nothing
      """;

  private Rates() {}

  static void note(Tx tx, Instant now) {
    tx.update(FORGET).bind("past", now.minus(WINDOW)).execute();
    tx.update(NOTE_RUNNING).bind("now", now).bind("recently", now.minus(OFTEN_ENOUGH)).execute();
  }

  /** Restarts the measurement of a batch that was paused or whose items are retried. */
  static void begin(Tx tx, Ledger ledger, Instant now) {
    tx.update(FORGET_BATCH).bind("batch", ledger.facts.id()).execute();
    tx.update(NOTE)
        .bind("batch", ledger.facts.id())
        .bind("now", now)
        .bind("settled", ledger.items().succeeded() + ledger.items().failed())
        .execute();
  }
}
