package io.headgate.audit;

import io.headgate.audit.AuditReport.CheckResult;
import io.headgate.db.Snapshot;

/** Checks that a claimed item is in one claim only and belongs to a batch that may run. */
final class ClaimCheck {

  private static final String IN_TWO_CLAIMS =
      """
      select c.batch_id, format('item %s is in %s claims', u.ordinal, count(*)) as detail
      from claim c join scope s on s.id = c.batch_id
      cross join unnest(c.ordinals) as u (ordinal)
      group by c.batch_id, u.ordinal
      having count(*) > 1
      """;

  private static final String RUNNING_AND_DEFERRED =
      """
      select c.batch_id, format('item %s is running and deferred', u.ordinal) as detail
      from claim c join scope s on s.id = c.batch_id
      cross join unnest(c.ordinals) as u (ordinal)
      join deferred d on d.batch_id = c.batch_id and d.ordinal = u.ordinal
      """;

  private static final String RUNNING_AND_SETTLED =
      """
      select c.batch_id, format('item %s is running and settled', u.ordinal) as detail
      from claim c join scope s on s.id = c.batch_id
      cross join unnest(c.ordinals) with ordinality as u (ordinal, place)
      join result r on r.batch_id = c.batch_id and r.ordinal = u.ordinal
      where r.final and (not s.retried or r.attempt >= coalesce(c.attempts[u.place], 1))
      """;

  private static final String OF_A_BATCH_THAT_CANNOT_RUN =
      """
      select s.id as batch_id,
             format('claim %s exists in state %s, epoch %s of %s', c.id, s.state, c.epoch, s.epoch)
               as detail
      from claim c join scope s on s.id = c.batch_id
      where s.state not in ('running', 'cancelling') or c.epoch > s.epoch
      """;

  private static final String OF_AN_INVALID_ORDINAL =
      """
      select c.batch_id, format('claim %s has item %s of %s', c.id, u.ordinal, s.total) as detail
      from claim c join scope s on s.id = c.batch_id
      cross join unnest(c.ordinals) as u (ordinal)
      where u.ordinal < 0 or u.ordinal >= s.total
      """;

  private ClaimCheck() {}

  static CheckResult check(Snapshot tx, AuditScope scope) {
    return new Findings("claims")
        .add(tx, scope, IN_TWO_CLAIMS)
        .add(tx, scope, RUNNING_AND_DEFERRED)
        .add(tx, scope, RUNNING_AND_SETTLED)
        .add(tx, scope, OF_A_BATCH_THAT_CANNOT_RUN)
        .add(tx, scope, OF_AN_INVALID_ORDINAL)
        .check();
  }
}
