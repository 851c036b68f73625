package io.headgate.view;

import io.headgate.batch.Ids;
import io.headgate.db.Database;
import io.headgate.db.Tx;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;

/**
 * Writes rows as the engine would, directly into the database of a test. Epoch n of every batch is
 * n seconds after {@link #START}.
 */
public final class TestRows implements AutoCloseable {

  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  public static final InstantSource CLOCK = InstantSource.fixed(START.plusSeconds(100));

  private static final String NEW_PARTITIONS =
      """
      do $$ begin
        create table item_of_test partition of item default;
        create table result_of_test partition of result default;
      end $$
      """;

  private static final String NEW_ACCOUNT =
      """
      insert into account (id, name, unlimited, created_at)
      values (:id, :name, true, :at)
      """;

  private static final String NEW_NODE =
      """
      insert into node (name, kind, slots, processors, lease_ms, started_at, last_seen_at)
      values (:name, 'server', 8, array['scrape'], 30000, :at, :at)
      returning id
      """;

  public final Database database;
  public final UUID account;
  public final long node;

  private TestRows(Database database, UUID account) {
    this.database = database;
    this.account = account;
    database.useTransaction(tx -> tx.update(NEW_PARTITIONS).execute());
    this.node =
        database.inTransaction(tx ->
            tx.query(NEW_NODE).bind("name", "node-a").bind("at", START).mapTo(Long.class).one());
  }

  /** Uses a migrated, empty database, which {@link #close} closes. */
  public static TestRows in(Database database) {
    return of(database, newAccount(database, "default"));
  }

  /** Writes rows of an existing account. */
  public static TestRows of(Database database, UUID account) {
    return new TestRows(database, account);
  }

  public UUID account(String name) {
    return newAccount(database, name);
  }

  private static UUID newAccount(Database database, String name) {
    UUID id = Ids.next();
    database.useTransaction(
        tx -> tx.update(NEW_ACCOUNT).bind("id", id).bind("name", name).bind("at", START).execute());
    return id;
  }

  /** Starts a batch of {@code total} items; call {@link BatchRowsBuilder#save} at the end. */
  public BatchRowsBuilder batch(int total) {
    return new BatchRowsBuilder(this, account, total);
  }

  public BatchRowsBuilder batch(UUID account, int total) {
    return new BatchRowsBuilder(this, account, total);
  }

  /** Runs a statement without triggers and foreign keys; check constraints still apply. */
  public void tamper(String sql) {
    database.useTransaction(tx -> {
      tx.update("set local session_replication_role = replica").execute();
      tx.update(sql).execute();
    });
  }

  /** As {@link #tamper}, after dropping one check constraint. */
  public void tamperWithoutCheck(String table, String check, String sql) {
    database.useTransaction(tx -> {
      tx.update("alter table %s drop constraint %s".formatted(table, check)).execute();
      tx.update("set local session_replication_role = replica").execute();
      tx.update(sql).execute();
    });
  }

  public static Instant at(long epoch) {
    return START.plusSeconds(epoch);
  }

  void write(java.util.function.Consumer<Tx> work) {
    database.useTransaction(work);
  }

  @Override
  public void close() {
    database.close();
  }
}
