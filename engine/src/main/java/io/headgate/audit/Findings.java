package io.headgate.audit;

import io.headgate.audit.AuditReport.AuditViolation;
import io.headgate.audit.AuditReport.CheckResult;
import io.headgate.db.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Collects the violations of one check: counts all and keeps the first. */
final class Findings {

  /** A violation with the number of all rows of its statement, of which only the first are read. */
  private record CountedViolation(AuditViolation violation, long found) {}

  private static final String SELECT_PREFIX =
      "select batch_id, detail, count(*) over () as found from (";
  private static final String SELECT_SUFFIX = ") as finding order by batch_id, detail limit :most";

  private final String name;
  private final List<AuditViolation> violations = new ArrayList<>();
  private long found;

  Findings(String name) {
    this.name = name;
  }

  /**
   * Adds the rows of a statement.
   *
   * @param findings a query of {@code (batch_id, detail)} that may use {@link
   *     AuditScope#WITH_SCOPE}
   */
  Findings add(Snapshot tx, AuditScope scope, String findings) {
    List<CountedViolation> rows =
        scope
            .query(tx, AuditScope.WITH_SCOPE + SELECT_PREFIX + findings + SELECT_SUFFIX)
            .bind("most", Audit.MAX_VIOLATIONS)
            .map((row, context) ->
                new CountedViolation(
                    new AuditViolation(
                        row.getObject("batch_id", UUID.class), row.getString("detail")),
                    row.getLong("found")))
            .list();
    rows.forEach(row -> addIfBelowLimit(row.violation()));
    found += rows.isEmpty() ? 0 : rows.getFirst().found();
    return this;
  }

  void add(@Nullable UUID batchId, String detail) {
    addIfBelowLimit(new AuditViolation(batchId, detail));
    found++;
  }

  private void addIfBelowLimit(AuditViolation violation) {
    if (violations.size() < Audit.MAX_VIOLATIONS) {
      violations.add(violation);
    }
  }

  CheckResult check() {
    return new CheckResult(name, found, violations);
  }
}
