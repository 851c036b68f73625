package io.headgate.engine;

import io.headgate.batch.Caller;
import io.headgate.batch.CancelMode;
import io.headgate.batch.Ids;
import io.headgate.db.ColumnValues;
import io.headgate.db.Snapshot;
import io.headgate.db.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Bulk cancels. The request chooses the batches; each is then cancelled in a transaction of its
 * own, so that a crash costs only time.
 */
final class BulkCancels {

  private static final String OPEN =
      """
      insert into operation (id, account_id, requested_by, filter, mode, grace_ms, reason, state, created_at)
      values (:id, :account, :requested_by, :filter, :mode, :grace_ms, :reason, 'running', clock_timestamp())
      """;

  private static final String ADD_BATCHES =
      "insert into operation_batch (operation_id, batch_id) select :id, unnest(:batches)";

  private static final String NEXT =
      """
      select o.id, b.batch_id, o.account_id, a.name as account_name, o.requested_by, o.mode, o.grace_ms, o.reason
      from operation o
      join account a on a.id = o.account_id
      join operation_batch b on b.operation_id = o.id and b.outcome is null
      where o.state = 'running' and (o.id, b.batch_id) > (:operation, :batch)
      order by o.id, b.batch_id limit 1
      """;

  private static final String LOCK_IF_OPEN =
      """
      select true from operation_batch
      where operation_id = :id and batch_id = :batch and outcome is null
      for update skip locked
      """;

  private static final String MARK =
      "update operation_batch set outcome = :outcome where operation_id = :id and batch_id = :batch";

  private static final String CLOSE_DONE =
      """
      update operation o set state = 'completed', finished_at = :now
      where o.state = 'running'
        and not exists (select from operation_batch b where b.operation_id = o.id and b.outcome is null)
      """;

  private BulkCancels() {}

  static UUID open(
      Tx tx, Caller caller, String filter, Collection<UUID> batches, CancelOrder order) {
    UUID id = Ids.next();
    tx.update(OPEN)
        .bind("id", id)
        .bind("account", caller.account())
        .bind("requested_by", caller.key())
        .bind("filter", filter)
        .bind("mode", order.mode().text())
        .bind("grace_ms", order.grace().toMillis())
        .bind("reason", order.reason())
        .execute();
    tx.update(ADD_BATCHES).bind("id", id).bind("batches", ColumnValues.uuids(batches)).execute();
    return id;
  }

  /** One batch of an open operation that is still to be cancelled. */
  record BulkCancelStep(UUID operation, UUID batch, Caller caller, CancelOrder order) {}

  /** The first open step behind this one; empty when there is none. */
  static Optional<BulkCancelStep> next(Tx tx, UUID operation, UUID batch) {
    return tx.query(NEXT)
        .bind("operation", operation)
        .bind("batch", batch)
        .map((row, context) ->
            new BulkCancelStep(
                row.getObject("id", UUID.class),
                row.getObject("batch_id", UUID.class),
                new Caller(
                    row.getObject("account_id", UUID.class),
                    row.getString("account_name"),
                    row.getString("requested_by")),
                new CancelOrder(
                    CancelMode.of(row.getString("mode")),
                    Duration.ofMillis(row.getLong("grace_ms")),
                    row.getString("reason"))))
        .findOne();
  }

  /** Locks a step for this transaction; false when another node has it or it is done. */
  static boolean lock(Tx tx, BulkCancelStep step) {
    return tx.query(LOCK_IF_OPEN)
        .bind("id", step.operation())
        .bind("batch", step.batch())
        .mapTo(Boolean.class)
        .findOne()
        .isPresent();
  }

  static void mark(Tx tx, BulkCancelStep step, CancelResult result) {
    boolean cancelled =
        switch (result) {
          case CancelResult.Fenced(String receipt, boolean first) -> first;
          case CancelResult.AlreadyFinished ignored -> false;
          case CancelResult.NoSuchBatch() -> false;
        };
    tx.update(MARK)
        .bind("outcome", cancelled ? "cancelled" : "skipped")
        .bind("id", step.operation())
        .bind("batch", step.batch())
        .execute();
  }

  static void closeDone(Tx tx, Instant now) {
    tx.update(CLOSE_DONE).bind("now", now).execute();
  }

  private static final String READ =
      """
      select o.id, o.state,
        (select count(*) from operation_batch b where b.operation_id = o.id) as matched,
        (select count(*) from operation_batch b where b.operation_id = o.id and outcome = 'cancelled') as cancelled,
        (select count(*) from operation_batch b where b.operation_id = o.id and outcome = 'skipped') as skipped
      from operation o where o.id = :id and o.account_id = :account
      """;

  private static final String RECEIPTS =
      """
      select r.body from operation_batch b join receipt r on r.batch_id = b.batch_id
      where b.operation_id = :id and b.outcome = 'cancelled' order by b.batch_id limit 1000
      """;

  static Optional<BulkCancelView> find(Snapshot tx, Caller caller, UUID id) {
    List<String> receipts = tx.query(RECEIPTS).bind("id", id).mapTo(String.class).list();
    return tx.query(READ)
        .bind("id", id)
        .bind("account", caller.account())
        .map((row, context) ->
            new BulkCancelView(
                id,
                row.getString("state"),
                row.getInt("matched"),
                row.getInt("cancelled"),
                row.getInt("skipped"),
                receipts))
        .findOne();
  }
}
