package io.headgate.audit;

import io.headgate.audit.AuditReport.CheckResult;
import io.headgate.db.Database;
import io.headgate.db.Snapshot;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Checks the stored rows against the guarantees of the server, on a live system. It reads
 * everything from one snapshot, so concurrent work causes no false violations. It changes nothing,
 * and only the removal of partitions waits for its locks.
 *
 * <p>The audit shares no SQL with the engine. Instances are safe for concurrent use.
 */
public final class Audit {

  /** The number of violations that a check reports; it counts all. */
  public static final int MAX_VIOLATIONS = 100;

  /**
   * Runs before the snapshot is taken, so that no partition in it can be dropped. The clock is read
   * afterwards: batches whose partitions were dropped earlier are then past their retention.
   */
  private static final String LOCK_PARTITIONS = "lock table item, result in access share mode";

  /** Aggregates over millions of rows need more memory than the default. */
  private static final String RAISE_WORK_MEM = "set local work_mem = '128MB'";

  private static final String VISIBLE =
      "select exists (select 1 from batch where id = :id and account_id = :account"
          + " and (retain_until > :now or finished_at is null))";

  private static final String SIZE =
      AuditScope.WITH_SCOPE
          + "select count(*) as batches, coalesce(sum(total), 0) as items from scope";

  private final Database database;
  private final InstantSource clock;

  public Audit(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Audits all batches of all accounts, and the accounts themselves. */
  public AuditReport all() {
    return inSnapshot((tx, now) -> report(tx, AuditScope.all(now)));
  }

  /** Audits one batch; empty when the account has no such batch. */
  public Optional<AuditReport> batch(UUID account, UUID id) {
    return inSnapshot((tx, now) ->
        visible(tx, account, id, now)
            ? Optional.of(report(tx, AuditScope.one(id, now)))
            : Optional.empty());
  }

  private <T> T inSnapshot(java.util.function.BiFunction<Snapshot, Instant, T> work) {
    Function<Snapshot, T> held =
        tx -> {
          tx.prepare(LOCK_PARTITIONS);
          tx.prepare(RAISE_WORK_MEM);
          return work.apply(tx, clock.instant());
        };
    return database.inSnapshot(held);
  }

  private static boolean visible(Snapshot tx, UUID account, UUID id, Instant now) {
    return tx.query(VISIBLE)
        .bind("id", id)
        .bind("account", account)
        .bind("now", now)
        .mapTo(Boolean.class)
        .one();
  }

  private static AuditReport report(Snapshot tx, AuditScope scope) {
    List<CheckResult> checks =
        List.of(
            ConservationCheck.check(tx, scope),
            ClaimCheck.check(tx, scope),
            FenceCheck.check(tx, scope),
            ReceiptCheck.check(tx, scope),
            CreditCheck.check(tx, scope),
            AttemptCheck.check(tx, scope),
            ArtifactCheck.check(tx, scope));
    return scope
        .query(tx, SIZE)
        .map((row, context) -> new AuditReport(row.getInt("batches"), row.getLong("items"), checks))
        .one();
  }
}
