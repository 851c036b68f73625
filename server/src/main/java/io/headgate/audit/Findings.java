package io.headgate.audit;

import io.headgate.audit.AuditReport.Check;
import io.headgate.audit.AuditReport.Violation;
import io.headgate.db.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Collects the violations of one check: counts all and keeps the first. */
final class Findings {

  /** A violation with the number of all rows of its statement, of which only the first are read. */
  private record Counted(Violation violation, long found) {}

  private static final String COUNTED_BEGIN =
      "select batch_id, detail, count(*) over () as found from (";
  private static final String COUNTED_END = ") as finding order by batch_id, detail limit :most";

  private final String name;
  private final List<Violation> kept = new ArrayList<>();
  private long found;

  Findings(String name) {
    this.name = name;
  }

  /**
   * Adds the rows of a statement.
   *
   * @param findings a query of {@code (batch_id, detail)} that may use {@link Scope#BATCHES}
   */
  Findings add(Snapshot tx, Scope scope, String findings) {
    List<Counted> rows =
        scope
            .query(tx, Scope.BATCHES + COUNTED_BEGIN + findings + COUNTED_END)
            .bind("most", Audit.MAX_VIOLATIONS)
            .map((row, context) ->
                new Counted(
                    new Violation(row.getObject("batch_id", UUID.class), row.getString("detail")),
                    row.getLong("found")))
            .list();
    rows.forEach(row -> keep(row.violation()));
    found += rows.isEmpty() ? 0 : rows.getFirst().found();
    return this;
  }

  void add(@Nullable UUID batchId, String detail) {
    keep(new Violation(batchId, detail));
    found++;
  }

  private void keep(Violation violation) {
    if (kept.size() < Audit.MAX_VIOLATIONS) {
      kept.add(violation);
    }
  }

  Check check() {
    return new Check(name, found, kept);
  }
}
