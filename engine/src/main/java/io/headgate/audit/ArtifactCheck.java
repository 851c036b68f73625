package io.headgate.audit;

import io.headgate.audit.AuditReport.CheckResult;
import io.headgate.db.Snapshot;

/** Checks that the artifacts of successful attempts are kept, and no others. */
final class ArtifactCheck {

  private static final String KEPT_WITHOUT_SUCCESS =
      """
      select a.batch_id,
             format('artifact %s of item %s is kept, but its attempt did not succeed',
               a.name, a.ordinal) as detail
      from artifact a join scope s on s.id = a.batch_id
      where a.state = 'kept' and not exists (
        select from result r where r.batch_id = a.batch_id and r.ordinal = a.ordinal
          and r.claim_epoch = a.claim_epoch and r.outcome = 'succeeded')
      """;

  private static final String DELETED_DESPITE_SUCCESS =
      """
      select a.batch_id,
             format('artifact %s of item %s is deleted, but its attempt succeeded',
               a.name, a.ordinal) as detail
      from artifact a join scope s on s.id = a.batch_id
      join result r on r.batch_id = a.batch_id and r.ordinal = a.ordinal
        and r.claim_epoch = a.claim_epoch and r.outcome = 'succeeded'
      where a.state = 'deleted' and a.sha256 is not null
      """;

  private ArtifactCheck() {}

  static CheckResult check(Snapshot tx, AuditScope scope) {
    return new Findings("artifacts")
        .add(tx, scope, KEPT_WITHOUT_SUCCESS)
        .add(tx, scope, DELETED_DESPITE_SUCCESS)
        .check();
  }
}
