package io.headgate.engine;

import io.headgate.batch.Caller;
import io.headgate.batch.Ids;
import io.headgate.db.Tx;
import io.headgate.engine.NewBatch.BatchOrder;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/**
 * Creates a new batch of the items that another batch did not complete. The new batch belongs to
 * the native API, even if the other one came through a dialect.
 */
final class BatchResubmit {

  /**
   * Items that were not completed have no result or were cancelled. A failure that was retried
   * since does not count as a result. The children of a chosen parent are always copied, because
   * the parent needs their outputs.
   */
  private static final String COPY_CHOSEN =
      """
      with chosen as (
        select i.ordinal from item i
        where i.batch_id = :old
          and (exists (select from deferred d where d.batch_id = :old and d.ordinal = i.ordinal)
            or not exists (select from result r
              where r.batch_id = :old and r.ordinal = i.ordinal and r.final
                and (r.outcome = 'succeeded' or (r.outcome = 'failed' and not :with_failed))
                and not exists (select from result later
                  where later.batch_id = :old and later.ordinal = r.ordinal
                    and later.attempt > r.attempt)))),
      family as (
        select ordinal from chosen
        union
        select r.ordinal from item_relation r join chosen c on c.ordinal = r.parent
        where r.batch_id = :old),
      numbered as (
        select ordinal as old_ordinal, row_number() over (order by ordinal) - 1 as new_ordinal
        from family),
      relations as (
        insert into item_relation (batch_id, ordinal, parent)
        select :new, child.new_ordinal, parent.new_ordinal
        from item_relation r
        join numbered child on child.old_ordinal = r.ordinal
        join numbered parent on parent.old_ordinal = r.parent
        where r.batch_id = :old)
      insert into item (batch_id, ordinal, ref, input)
      select :new, n.new_ordinal, i.ref, i.input
      from numbered n join item i on i.batch_id = :old and i.ordinal = n.old_ordinal
      """;

  private static final String ORDER =
      """
      select processor, name, metadata::text as metadata, options, priority,
             extract(epoch from retain_until - created_at)::bigint as retain_seconds
      from batch where id = :id
      """;

  private BatchResubmit() {}

  static ResubmitResult run(Tx tx, Caller caller, UUID id, boolean withFailed, Instant now) {
    Optional<LockedBatches> found = LockedBatches.lock(tx, caller, id, now);
    if (found.isEmpty()) {
      return new ResubmitResult.ResubmitNoSuchBatch();
    }
    BatchRow old = found.get().one();
    if (!old.state().finished()) {
      return new ResubmitResult.ResubmitNotFinished(old.state());
    }
    boolean nothing = old.items().cancelled() == 0 && !(withFailed && old.items().failed() > 0);
    if (nothing) {
      return new ResubmitResult.NothingToResubmit();
    }
    if (SecretOptions.hadAny(tx, id)) {
      return new ResubmitResult.SecretOptionsGone(old.state());
    }
    UUID copy = Ids.next();
    int items =
        tx.update(COPY_CHOSEN)
            .bind("old", id)
            .bind("new", copy)
            .bind("with_failed", withFailed)
            .execute();
    NewBatch batch =
        new NewBatch(
            copy,
            caller.account(),
            order(tx, old),
            items,
            old.facts.creditsPerItem(),
            old.facts.related(),
            id);
    AdmissionResult admission = BatchAdmission.admit(tx, batch, now);
    return admission instanceof AdmissionResult.Admitted
        ? new ResubmitResult.Resubmitted(copy)
        : new ResubmitResult.ResubmitRefused(admission);
  }

  private static BatchOrder order(Tx tx, BatchRow old) {
    JsonMapper json = JsonMapper.shared();
    return tx.query(ORDER)
        .bind("id", old.facts.id())
        .map((row, context) ->
            new BatchOrder(
                row.getString("processor"),
                row.getString("name"),
                json.readTree(row.getString("metadata")),
                json.readTree(row.getString("options")),
                old.facts.limits(),
                row.getInt("priority"),
                null,
                null,
                row.getLong("retain_seconds")))
        .one();
  }
}
