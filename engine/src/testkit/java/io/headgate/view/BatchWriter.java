package io.headgate.view;

import io.headgate.batch.ItemState;
import io.headgate.db.Tx;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/** Writes the rows of a test's batch. */
final class BatchWriter {

  private static final String BATCH =
      """
      insert into batch (
        id, account_id, processor, metadata, options, state, paused, total, cursor, ahead, deferred,
        running, succeeded, failed, cancelled, epoch, timeout_ms, max_attempts, backoff_ms,
        max_backoff_ms, retried, credits_per_item, journal_reserved, journal_charged,
        journal_refunded, created_at, retain_until, started_at, finished_at, cancelled_at,
        fence_epoch, settle_due_at)
      values (
        :id, :account, :processor, cast(:metadata as jsonb), '{}', :state, :paused, :total, :cursor,
        :ahead, :deferred, :running, :succeeded, :failed, :cancelled, :epoch, 60000, 3, 1000,
        300000, :retried, :price, :reserved, :charged, :refunded, :created_at,
        :created_at + interval '30 days', :started_at, :finished_at, :cancelled_at, :fence,
        :settle_due_at)
      """;

  private static final String ITEMS =
      """
      insert into item (batch_id, ordinal, ref, input)
      select :id, n, 'ref-' || n, '{"n":' || n || '}' from generate_series(0, :total - 1) as n
      """;

  private static final String RESULT =
      """
      insert into result (
        batch_id, ordinal, attempt, outcome, final, claim_epoch, epoch, node_id, started_at,
        finished_at, output, error_code, error_message)
      values (
        :id, :ordinal, :attempt, :outcome, :final, :claim, :epoch, :node, :started_at,
        :finished_at, :output, :error, :message)
      """;

  private static final String DEFERRED =
      """
      insert into deferred (batch_id, ordinal, attempt, failures, losses, due_at)
      values (:id, :ordinal, :attempt, 0, 0, :at)
      """;

  private static final String CLAIM =
      """
      insert into claim (batch_id, node_id, epoch, ordinals, attempts, failures, losses, claimed_at)
      values (:id, :node, :epoch, :ordinals, :attempts, :zeros, :zeros, :at)
      """;

  private static final String AHEAD =
      "insert into ahead (batch_id, ordinal) values (:id, :ordinal)";

  private static final String RECEIPT =
      """
      insert into receipt (
        batch_id, account_id, cancelled_at, epoch, cursor, total, stopped, running, succeeded,
        failed, cancelled, credits_per_item, refunded, body)
      values (
        :id, :account, :at, :epoch, :cursor, :total, :stopped, :running, :succeeded,
        :failed, :cancelled, :price, :refunded, :body)
      """;

  private static final String ACCOUNT =
      """
      update account set reserved = reserved + :reserved - :charged - :refunded,
        charged = charged + :charged
      where id = :account
      """;

  private static final String ENTRY =
      """
      insert into credit_entry (account_id, at, kind, credits, batch_id)
      values (:account, :at, :kind, :credits, :id)
      """;

  private BatchWriter() {}

  static void batch(Tx tx, BatchRowsBuilder batch, BatchSums sums) {
    Long fence = batch.fence;
    boolean untouched = batch.results.isEmpty() && batch.claims.isEmpty();
    tx.update(BATCH)
        .bind("id", batch.id)
        .bind("account", batch.account)
        .bind("processor", batch.processor)
        .bind("metadata", batch.metadata)
        .bind("state", sums.state())
        .bind("paused", batch.paused)
        .bind("total", batch.total)
        .bind("cursor", fence == null ? batch.cursor : batch.total)
        .bind("ahead", fence == null ? batch.ahead.size() : 0)
        .bind("deferred", fence == null ? batch.deferred.size() : 0)
        .bind("running", sums.running)
        .bind("succeeded", sums.succeeded)
        .bind("failed", sums.failed)
        .bind("cancelled", sums.cancelled)
        .bind("epoch", sums.epoch())
        .bind("retried", batch.retried)
        .bind("price", batch.price)
        .bind("reserved", sums.reserved)
        .bind("charged", sums.charged)
        .bind("refunded", sums.refunded)
        .bind("created_at", TestRows.START)
        .bind("started_at", untouched ? null : TestRows.at(1))
        .bind("finished_at", sums.finished() ? TestRows.at(sums.epoch()) : null)
        .bind("cancelled_at", fence == null ? null : TestRows.at(fence))
        .bind("fence", fence)
        .bind("settle_due_at", fence == null ? null : TestRows.at(fence + 30))
        .execute();
  }

  static void items(Tx tx, BatchRowsBuilder batch) {
    tx.update(ITEMS).bind("id", batch.id).bind("total", batch.total).execute();
  }

  static void result(Tx tx, BatchRowsBuilder batch, BatchRowsBuilder.TestResultRow row) {
    @Nullable Long claim = row.claimEpoch();
    tx.update(RESULT)
        .bind("id", batch.id)
        .bind("ordinal", row.ordinal())
        .bind("attempt", row.attempt())
        .bind("outcome", row.outcome().text())
        .bind("final", row.finalRow())
        .bind("claim", claim)
        .bind("epoch", row.epoch())
        .bind("node", claim == null ? null : batch.rows.node)
        .bind("started_at", claim == null ? null : TestRows.at(claim))
        .bind("finished_at", TestRows.at(row.epoch()))
        .bind("output", row.outcome() == ItemState.SUCCEEDED ? "{\"ok\":true}" : null)
        .bind("error", row.error())
        .bind("message", row.error() == null ? null : "it did not work")
        .execute();
  }

  static void deferred(Tx tx, BatchRowsBuilder batch, BatchRowsBuilder.TestDeferredRow row) {
    tx.update(DEFERRED)
        .bind("id", batch.id)
        .bind("ordinal", row.ordinal())
        .bind("attempt", row.attempt())
        .bind("at", TestRows.START)
        .execute();
  }

  static void claim(Tx tx, BatchRowsBuilder batch, BatchRowsBuilder.TestClaimRow row) {
    tx.update(CLAIM)
        .bind("id", batch.id)
        .bind("node", batch.rows.node)
        .bind("epoch", row.epoch())
        .bindArray("ordinals", Integer.class, row.ordinals())
        .bindArray(
            "attempts", Integer.class, Collections.nCopies(row.ordinals().size(), row.attempt()))
        .bindArray("zeros", Integer.class, Collections.nCopies(row.ordinals().size(), 0))
        .bind("at", TestRows.at(row.epoch()))
        .execute();
  }

  static void ahead(Tx tx, BatchRowsBuilder batch, int ordinal) {
    tx.update(AHEAD).bind("id", batch.id).bind("ordinal", ordinal).execute();
  }

  static void receipt(Tx tx, BatchRowsBuilder batch, BatchSums sums, long fence) {
    int stopped = sums.stopped(fence);
    tx.update(RECEIPT)
        .bind("id", batch.id)
        .bind("account", batch.account)
        .bind("at", TestRows.at(fence))
        .bind("epoch", fence)
        .bind("cursor", batch.cursor)
        .bind("total", batch.total)
        .bind("stopped", stopped)
        .bind("running", sums.runningAt(fence))
        .bind("succeeded", sums.settledBefore(ItemState.SUCCEEDED, fence))
        .bind("failed", sums.settledBefore(ItemState.FAILED, fence))
        .bind("cancelled", sums.settledBefore(ItemState.CANCELLED, fence))
        .bind("price", batch.price)
        .bind("refunded", stopped * batch.price)
        .bind("body", body(batch, sums, fence))
        .execute();
  }

  private static String body(BatchRowsBuilder batch, BatchSums sums, long fence) {
    return """
    {"batch_id":"%s","cancelled_at":"%s","epoch":%d,"mode":"drain","grace_seconds":30,\
    "reason":null,"requested_by":{"account":"default","key":"admin"},\
    "counts":{"total":%d,"stopped":%d,"running":%d,"succeeded":%d,"failed":%d,"cancelled":%d},\
    "credits":{"per_item":%d,"refunded":%d,"at_stake":%d,"charged":%d}}\
    """
        .formatted(
            batch.id,
            TestRows.at(fence),
            fence,
            batch.total,
            sums.stopped(fence),
            sums.runningAt(fence),
            sums.settledBefore(ItemState.SUCCEEDED, fence),
            sums.settledBefore(ItemState.FAILED, fence),
            sums.settledBefore(ItemState.CANCELLED, fence),
            batch.price,
            sums.stopped(fence) * batch.price,
            sums.runningAt(fence) * batch.price,
            sums.settledBefore(ItemState.SUCCEEDED, fence) * batch.price);
  }

  static void journal(Tx tx, BatchRowsBuilder batch, BatchSums sums) {
    tx.update(ACCOUNT)
        .bind("account", batch.account)
        .bind("reserved", sums.reserved)
        .bind("charged", sums.charged)
        .bind("refunded", sums.refunded)
        .execute();
    entry(tx, batch, "reserve", sums.reserved);
    entry(tx, batch, "charge", sums.charged);
    entry(tx, batch, "refund", sums.refunded);
  }

  private static void entry(Tx tx, BatchRowsBuilder batch, String kind, long credits) {
    if (credits > 0) {
      tx.update(ENTRY)
          .bind("account", batch.account)
          .bind("at", TestRows.START)
          .bind("kind", kind)
          .bind("credits", credits)
          .bind("id", batch.id)
          .execute();
    }
  }
}
