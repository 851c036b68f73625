package io.headgate.audit;

import io.headgate.audit.AuditReport.CheckResult;
import io.headgate.db.Snapshot;

/**
 * Checks that the counters of a batch equal its rows and that no item is in two states. The schema
 * checks that the counters add up to the total, so no item is lost either.
 */
final class ConservationCheck {

  private static final String COUNTERS_DIFFER_FROM_ROWS =
      """
      select s.id as batch_id,
             format('%s is %s, but its rows give %s', v.name, v.counter, coalesce(v.rows, 0))
               as detail
      from scope s
      left join (
        select batch_id, count(*) as rows, min(ordinal) as lowest, max(ordinal) as highest
        from item where batch_id between :first and :last group by batch_id) i on i.batch_id = s.id
      left join (
        select batch_id, count(*) as rows
        from deferred where batch_id between :first and :last group by batch_id) d
        on d.batch_id = s.id and s.fence_epoch is null
      left join (
        select batch_id, count(*) as rows
        from ahead where batch_id between :first and :last group by batch_id) a
        on a.batch_id = s.id and s.fence_epoch is null
      left join (
        select batch_id, sum(cardinality(ordinals)) as rows
        from claim where batch_id between :first and :last group by batch_id) c
        on c.batch_id = s.id
      left join (
        select r.batch_id,
               count(*) filter (where r.outcome = 'succeeded') as succeeded,
               count(*) filter (where r.outcome = 'failed') as failed,
               count(*) filter (where r.outcome = 'cancelled') as cancelled
        from result r join scope s on s.id = r.batch_id
        where r.batch_id between :first and :last and
      """
          + CurrentResults.IS_CURRENT
          + """
            group by r.batch_id) r on r.batch_id = s.id
          left join receipt f on f.batch_id = s.id and s.fence_epoch is not null
          cross join lateral (values
            ('total', s.total, i.rows),
            ('the lowest ordinal', 0, i.lowest),
            ('the highest ordinal', s.total - 1, i.highest),
            ('deferred', s.deferred, d.rows),
            ('ahead', s.ahead, a.rows),
            ('running', s.running, c.rows),
            ('succeeded', s.succeeded, r.succeeded),
            ('failed', s.failed, r.failed),
            ('cancelled', s.cancelled, coalesce(r.cancelled, 0) + coalesce(f.stopped, 0))
          ) as v (name, counter, rows)
          where v.counter <> coalesce(v.rows, 0)
          """;

  private static final String DEFERRED_AND_SETTLED =
      """
      select d.batch_id, format('item %s is deferred and settled', d.ordinal) as detail
      from deferred d
      join scope s on s.id = d.batch_id
      join result r on r.batch_id = d.batch_id and r.ordinal = d.ordinal
      where r.final and (not s.retried or r.attempt >= d.attempt)
      """;

  private static final String PENDING_PAST_CURSOR_AND_IN_ANOTHER_STATE =
      """
      select o.batch_id,
             format('item %s is %s and also pending past the cursor', o.ordinal, o.place) as detail
      from (
        select s.id as batch_id, r.ordinal, 'settled' as place
        from scope s
        join result r on r.batch_id = s.id and r.ordinal >= s.cursor
        where s.fence_epoch is null and s.cursor < s.total
        union
        select s.id, d.ordinal, 'deferred'
        from scope s join deferred d on d.batch_id = s.id and d.ordinal >= s.cursor
        where s.fence_epoch is null
        union
        select s.id, u.ordinal, 'running'
        from scope s join claim c on c.batch_id = s.id cross join unnest(c.ordinals) as u (ordinal)
        where s.fence_epoch is null and u.ordinal >= s.cursor) o
      where not exists (
        select 1 from ahead a where a.batch_id = o.batch_id and a.ordinal = o.ordinal)
      """;

  private static final String AHEAD_WITHOUT_A_ROW =
      """
      select a.batch_id,
             format('item %s was taken ahead of the cursor and has no row', a.ordinal) as detail
      from ahead a
      join scope s on s.id = a.batch_id and s.fence_epoch is null
      where not exists (select 1 from deferred d
          where d.batch_id = a.batch_id and d.ordinal = a.ordinal)
        and not exists (select 1 from claim c
          where c.batch_id = a.batch_id and a.ordinal = any (c.ordinals))
        and not exists (select 1 from result r
          where r.batch_id = a.batch_id and r.ordinal = a.ordinal and r.final)
      """;

  private ConservationCheck() {}

  static CheckResult check(Snapshot tx, AuditScope scope) {
    return new Findings("conservation")
        .add(tx, scope, COUNTERS_DIFFER_FROM_ROWS)
        .add(tx, scope, DEFERRED_AND_SETTLED)
        .add(tx, scope, PENDING_PAST_CURSOR_AND_IN_ANOTHER_STATE)
        .add(tx, scope, AHEAD_WITHOUT_A_ROW)
        .check();
  }
}
