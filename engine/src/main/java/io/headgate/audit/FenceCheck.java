package io.headgate.audit;

import io.headgate.audit.AuditReport.CheckResult;
import io.headgate.db.Snapshot;

/**
 * Checks that no item started at or after a fence. The epoch is taken from the receipt, which
 * clients have; {@link ReceiptCheck} compares it with the batch.
 */
final class FenceCheck {

  private static final String STARTED_OR_DEFERRED_AFTER =
      """
      select s.id as batch_id,
             case
               when r.claim_epoch >= f.epoch then
                 format('item %s started at epoch %s, after the fence at %s',
                   r.ordinal, r.claim_epoch, f.epoch)
               when r.claim_epoch is null then
                 format('item %s settled at epoch %s without having run, after the fence at %s',
                   r.ordinal, r.epoch, f.epoch)
               when r.epoch = f.epoch then
                 format('item %s settled at the epoch of the fence, %s', r.ordinal, f.epoch)
               else
                 format('item %s was deferred at epoch %s, after the fence at %s',
                   r.ordinal, r.epoch, f.epoch)
             end as detail
      from scope s
      join receipt f on f.batch_id = s.id
      join result r on r.batch_id = s.id and r.epoch >= f.epoch
      where r.claim_epoch >= f.epoch or r.claim_epoch is null or r.epoch = f.epoch or not r.final
      """;

  private static final String CLAIMED_AFTER =
      """
      select s.id as batch_id,
             format('claim %s of epoch %s exists after the fence at %s', c.id, c.epoch, f.epoch)
               as detail
      from scope s
      join receipt f on f.batch_id = s.id
      join claim c on c.batch_id = s.id and c.epoch >= f.epoch
      """;

  private FenceCheck() {}

  static CheckResult check(Snapshot tx, AuditScope scope) {
    return new Findings("fence")
        .add(tx, scope, STARTED_OR_DEFERRED_AFTER)
        .add(tx, scope, CLAIMED_AFTER)
        .check();
  }
}
