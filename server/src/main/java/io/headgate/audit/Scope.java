package io.headgate.audit;

import io.headgate.db.Snapshot;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;

/**
 * Which batches an audit looks at, by the range of their ids: one, or all. A finished batch past
 * its retention is left out, as its items may be dropped at any time.
 */
record Scope(UUID first, UUID last, Instant now) {

  private static final UUID LOWEST = new UUID(0, 0);
  private static final UUID HIGHEST = new UUID(-1, -1);

  /** Begins every statement: {@code scope} holds the rows of batch. */
  static final String BATCHES =
      """
      with scope as materialized (
        select * from batch
        where id between :first and :last and (retain_until > :now or finished_at is null))
      """;

  static Scope all(Instant now) {
    return new Scope(LOWEST, HIGHEST, now);
  }

  static Scope one(UUID batchId, Instant now) {
    return new Scope(batchId, batchId, now);
  }

  boolean whole() {
    return !first.equals(last);
  }

  /** Asks for whatever {@code sql} wants to know of the scope. */
  Query query(Snapshot tx, String sql) {
    return tx.query(sql).bind("first", first).bind("last", last).bind("now", now);
  }
}
