package io.headgate.audit;

import io.headgate.db.Snapshot;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;

/**
 * The batches that an audit checks, as a range of ids: one batch, or all. Finished batches past
 * their retention are excluded, as their items may be dropped at any time.
 */
record AuditScope(UUID first, UUID last, Instant now) {

  private static final UUID LOWEST = new UUID(0, 0);
  private static final UUID HIGHEST = new UUID(-1, -1);

  /** The start of every statement: {@code scope} has the rows of {@code batch} to check. */
  static final String WITH_SCOPE =
      """
      with scope as materialized (
        select * from batch
        where id between :first and :last and (retain_until > :now or finished_at is null))
      """;

  static AuditScope all(Instant now) {
    return new AuditScope(LOWEST, HIGHEST, now);
  }

  static AuditScope one(UUID batchId, Instant now) {
    return new AuditScope(batchId, batchId, now);
  }

  boolean coversAllBatches() {
    return !first.equals(last);
  }

  /** Creates a query with the parameters of the scope bound. */
  Query query(Snapshot tx, String sql) {
    return tx.query(sql).bind("first", first).bind("last", last).bind("now", now);
  }
}
