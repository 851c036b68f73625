package io.headgate.engine;

import io.headgate.db.Tx;
import java.time.Duration;
import java.time.Instant;

/**
 * Notes now and then where running batches stand, beside the ledger and without its locks, so that
 * whoever looks can tell how fast they are lately.
 */
final class Rates {

  /** What is older tells nothing about now. */
  private static final Duration WINDOW = Duration.ofMinutes(1);

  /** Other nodes note too. */
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

  /** From here on the batch is measured anew: it stood still, or ran other items. */
  static void begin(Tx tx, Ledger ledger, Instant now) {
    tx.update(FORGET_BATCH).bind("batch", ledger.facts.id()).execute();
    tx.update(NOTE)
        .bind("batch", ledger.facts.id())
        .bind("now", now)
        .bind("settled", ledger.items().succeeded() + ledger.items().failed())
        .execute();
  }
}
