package io.headgate.audit;

import io.headgate.audit.AuditReport.CheckResult;
import io.headgate.db.Snapshot;

/** Checks that every item is settled once and that its attempts do not overlap. */
final class AttemptCheck {

  /** The primary key includes the attempt number, so only rows after the first can be wrong. */
  private static final String OUT_OF_ORDER =
      """
      select r.batch_id,
             case
               when p.final and not s.retried then format('item %s settled twice', r.ordinal)
               when p.final and p.outcome <> 'failed' then
                 format('item %s ran again after it %s', r.ordinal,
                   case p.outcome when 'succeeded' then 'succeeded' else 'was cancelled' end)
               else
                 format('attempt %s of item %s started at epoch %s, the previous one ended at %s',
                   r.attempt, r.ordinal, r.claim_epoch, p.epoch)
             end as detail
      from result r
      join scope s on s.id = r.batch_id
      cross join lateral (
        select p.final, p.outcome, p.epoch from result p
        where p.batch_id = r.batch_id and p.ordinal = r.ordinal and p.attempt < r.attempt
        order by p.attempt desc limit 1) p
      where r.batch_id between :first and :last and r.attempt > 1
        and (p.final and (not s.retried or p.outcome <> 'failed')
          or coalesce(r.claim_epoch, r.epoch) < p.epoch)
      """;

  /** Clocks of nodes may differ by milliseconds, so a second of difference is an error. */
  private static final String INVALID_EPOCHS_OR_TIMES =
      """
      select r.batch_id,
             format('attempt %s of item %s: epochs %s to %s of %s, from %s to %s',
               r.attempt, r.ordinal, r.claim_epoch, r.epoch, s.epoch, r.started_at, r.finished_at)
               as detail
      from result r
      join scope s on s.id = r.batch_id
      where r.batch_id between :first and :last
        and (r.ordinal >= s.total or r.epoch > s.epoch or r.claim_epoch >= r.epoch
          or r.finished_at < r.started_at - interval '1 second')
      """;

  private AttemptCheck() {}

  static CheckResult check(Snapshot tx, AuditScope scope) {
    return new Findings("results")
        .add(tx, scope, OUT_OF_ORDER)
        .add(tx, scope, INVALID_EPOCHS_OR_TIMES)
        .check();
  }
}
