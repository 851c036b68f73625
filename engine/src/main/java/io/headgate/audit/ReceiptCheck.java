package io.headgate.audit;

import io.headgate.audit.AuditReport.CheckResult;
import io.headgate.db.Snapshot;

/** Checks that every cancelled batch has a receipt that agrees with its rows. */
final class ReceiptCheck {

  private static final String MISSING =
      """
      select s.id as batch_id, format('is %s without a receipt', s.state) as detail
      from scope s
      where s.fence_epoch is not null
        and not exists (select 1 from receipt f where f.batch_id = s.id)
      """;

  private static final String DIFFERS_FROM_BATCH =
      """
      select s.id as batch_id,
             format('%s is %s in the receipt and %s in the batch', v.name, v.receipt, v.batch)
               as detail
      from scope s
      join receipt f on f.batch_id = s.id
      cross join lateral (values
        ('the epoch', f.epoch::text, s.fence_epoch::text),
        ('the total', f.total::text, s.total::text),
        ('the price', f.credits_per_item::text, s.credits_per_item::text),
        ('the account', f.account_id::text, s.account_id::text),
        ('the time', f.cancelled_at::text, s.cancelled_at::text)
      ) as v (name, receipt, batch)
      where v.receipt is distinct from v.batch
      """;

  private static final String DIFFERS_FROM_ROWS =
      """
      select f.batch_id,
             format('%s is %s in the receipt, but the rows give %s', v.name, v.receipt, v.rows)
               as detail
      from scope s
      join receipt f on f.batch_id = s.id
      left join (
        select batch_id, sum(cardinality(ordinals)) as ordinals
        from claim where batch_id between :first and :last group by batch_id) c
        on c.batch_id = s.id
      left join (
        select r.batch_id,
               count(*) filter (where r.epoch > f.epoch and r.claim_epoch < f.epoch) as ran,
               count(*) filter (where r.epoch < f.epoch and r.outcome = 'succeeded') as succeeded,
               count(*) filter (where r.epoch < f.epoch and r.outcome = 'failed') as failed,
               count(*) filter (where r.epoch < f.epoch and r.outcome = 'cancelled') as cancelled
        from result r
        join scope s on s.id = r.batch_id
        join receipt f on f.batch_id = r.batch_id
        where r.batch_id between :first and :last and
      """
          + CurrentResults.IS_CURRENT
          + """
            group by r.batch_id) n on n.batch_id = s.id
          cross join lateral (
            select coalesce(n.ran, 0) + coalesce(c.ordinals, 0) as running,
                   coalesce(n.succeeded, 0) as succeeded,
                   coalesce(n.failed, 0) as failed,
                   coalesce(n.cancelled, 0) as cancelled) as a
          cross join lateral (values
            ('stopped', f.stopped, f.total - a.running - a.succeeded - a.failed - a.cancelled),
            ('running', f.running, a.running),
            ('succeeded', f.succeeded, a.succeeded),
            ('failed', f.failed, a.failed),
            ('cancelled', f.cancelled, a.cancelled)
          ) as v (name, receipt, rows)
          where v.receipt <> v.rows
          """;

  private ReceiptCheck() {}

  static CheckResult check(Snapshot tx, AuditScope scope) {
    Findings findings =
        new Findings("receipts")
            .add(tx, scope, MISSING)
            .add(tx, scope, DIFFERS_FROM_BATCH)
            .add(tx, scope, DIFFERS_FROM_ROWS);
    ReceiptBodyCheck.check(tx, scope, findings);
    return findings.check();
  }
}
