package io.headgate.audit;

import io.headgate.audit.AuditReport.CheckResult;
import io.headgate.db.Snapshot;

/** Checks the credit journal against the sums of accounts and batches and against item counts. */
final class CreditCheck {

  private static final String ACCOUNTS_DIFFER_FROM_JOURNAL =
      """
      select null::uuid as batch_id,
             format('%s of account %s is %s, but the journal gives %s',
               v.name, a.name, v.account, v.journal) as detail
      from account a
      left join (
        select account_id,
               sum(credits) filter (where kind = 'grant') as granted,
               sum(credits) filter (where kind = 'reserve') as reserved,
               sum(credits) filter (where kind = 'charge') as charged,
               sum(credits) filter (where kind = 'refund') as refunded
        from credit_entry group by account_id) j on j.account_id = a.id
      left join (
        select account_id, sum(reserved) as reserved, sum(charged) as charged
        from credit_delta group by account_id) m on m.account_id = a.id
      cross join lateral (values
        ('granted', a.granted, coalesce(j.granted, 0)),
        ('reserved', a.reserved + coalesce(m.reserved, 0),
          coalesce(j.reserved, 0) - coalesce(j.charged, 0) - coalesce(j.refunded, 0)),
        ('charged', a.charged + coalesce(m.charged, 0), coalesce(j.charged, 0))
      ) as v (name, account, journal)
      where v.account <> v.journal
      """;

  private static final String BATCHES_DIFFER_FROM_JOURNAL =
      """
      select s.id as batch_id,
             format('%s is %s, but the journal gives %s', v.name, v.batch, v.journal) as detail
      from scope s
      left join (
        select batch_id,
               count(distinct account_id) as accounts,
               sum(credits) filter (where kind = 'reserve') as reserved,
               sum(credits) filter (where kind = 'charge') as charged,
               sum(credits) filter (where kind = 'refund') as refunded
        from credit_entry where batch_id between :first and :last group by batch_id) j
        on j.batch_id = s.id
      cross join lateral (values
        ('reserved', s.journal_reserved, coalesce(j.reserved, 0)),
        ('charged', s.journal_charged, coalesce(j.charged, 0)),
        ('refunded', s.journal_refunded, coalesce(j.refunded, 0)),
        ('the number of paying accounts', least(1, s.journal_reserved), coalesce(j.accounts, 0))
      ) as v (name, batch, journal)
      where v.batch <> v.journal
      """;

  private static final String BATCHES_DIFFER_FROM_COUNTS =
      """
      select s.id as batch_id,
             format('%s: reserved %s, charged %s, refunded %s at %s per item of %s',
               v.name, s.journal_reserved, s.journal_charged, s.journal_refunded,
               s.credits_per_item, s.total) as detail
      from scope s
      cross join lateral (
        select s.credits_per_item * s.total as price,
               s.credits_per_item * s.succeeded as earned,
               s.credits_per_item * (s.total - s.succeeded - s.failed - s.cancelled) as needed,
               s.journal_reserved - s.journal_charged - s.journal_refunded as held) as a
      cross join lateral (values
        ('was not reserved in full', s.journal_reserved < a.price),
        ('was reserved twice without a retry', not s.retried and s.journal_reserved > a.price),
        ('is charged for more than its succeeded items', s.journal_charged > a.earned),
        ('reserves less than its unfinished items cost', a.held < a.needed),
        ('ended with credits still reserved', s.finished_at is not null and a.held <> 0),
        ('ended without a charge for all succeeded items',
          s.finished_at is not null and s.journal_charged < a.earned)
      ) as v (name, broken)
      where v.broken
      """;

  private CreditCheck() {}

  static CheckResult check(Snapshot tx, AuditScope scope) {
    Findings findings = new Findings("credits");
    if (scope.coversAllBatches()) {
      findings.add(tx, scope, ACCOUNTS_DIFFER_FROM_JOURNAL);
    }
    return findings
        .add(tx, scope, BATCHES_DIFFER_FROM_JOURNAL)
        .add(tx, scope, BATCHES_DIFFER_FROM_COUNTS)
        .check();
  }
}
