package io.headgate.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.batch.Ids;
import io.headgate.db.Database;
import io.headgate.db.Partitions;
import io.headgate.db.TestPostgres;
import io.headgate.engine.SecretOptions;
import io.headgate.engine.StartedAttempt;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class LoadedItemStoreTest {

  private static final int ITEMS = 300_000;

  /** More executions than the driver needs before it prepares a statement. */
  private static final int LOADS = 20;

  private static final String BATCH_OF_ITEMS =
      """
      with account as (
        insert into account (id, name, unlimited, created_at)
        values (:batch, 'test', true, now()) returning id),
      batch as (insert into batch (id, account_id, processor, options, metadata, state, total, created_at,
          retain_until, timeout_ms, max_attempts, backoff_ms, max_backoff_ms, priority, related,
          credits_per_item, journal_reserved)
        select :batch, id, 'test', '{}', '{}', 'pending', :items, now(), now(), 1000, 1, 1, 1, 0, false, 0, 0
        from account)
      insert into item (batch_id, ordinal, input)
      select :batch, n, '{"url":"http://example.com/"}' from generate_series(0, :items - 1) n
      """;

  @Test
  void items_are_found_by_their_key_also_where_one_batch_fills_a_partition() {
    UUID batch = Ids.next();
    try (Database prepared = TestPostgres.database();
        Database database = onePlanForAll(prepared)) {
      new Partitions(database, Partitions.DEFAULT_INTERVAL).ensure(batch);
      database.useTransaction(
          tx -> tx.update(BATCH_OF_ITEMS).bind("batch", batch).bind("items", ITEMS).execute());
      database.useTransaction(tx -> tx.update("analyze item").execute());
      LoadedItemStore store = new LoadedItemStore(database);
      long before = fullScans(database);
      for (int load = 0; load < LOADS; load++) {
        assertThat(store.load(claims(batch, load * 500))).hasSize(500);
      }
      assertThat(fullScans(database)).isEqualTo(before);
    }
  }

  @Test
  void batch_properties_are_cached_but_secret_options_are_not() {
    UUID batch = Ids.next();
    try (Database database = TestPostgres.database()) {
      SecretOptions secretOptions = SecretOptions.of(database);
      new Partitions(database, Partitions.DEFAULT_INTERVAL).ensure(batch);
      database.useTransaction(tx -> {
        tx.update(BATCH_OF_ITEMS).bind("batch", batch).bind("items", 500).execute();
        tx.update("update batch set dialect = 'vendor', dialect_request = '{}'").execute();
      });
      LoadedItemStore store = new LoadedItemStore(database);
      assertThat(options(store, batch)).isEqualTo("{}");

      database.useTransaction(tx ->
          tx.update(
                  "update batch set options = '{\"never\":true}', secret_options = :sealed, had_secret_options = true")
              .bind("sealed", secretOptions.encrypt(JsonMapper.shared().readTree("{\"cookie\":1}")))
              .execute());
      assertThat(options(store, batch)).isEqualTo("{\"cookie\":1}");

      database.useTransaction(tx -> tx.update("update batch set secret_options = null").execute());
      assertThat(options(store, batch)).isEqualTo("{}");
    }
  }

  private static String options(LoadedItemStore store, UUID batch) {
    return store.load(claims(batch, 0)).getFirst().batch().options().toString();
  }

  /** A database on which PostgreSQL always uses generic plans, as it may when they look cheaper. */
  private static Database onePlanForAll(Database prepared) {
    prepared.useTransaction(tx ->
        tx.update(
                "do 'begin execute format(''alter database %I set plan_cache_mode ="
                    + " force_generic_plan'', current_database()); end'")
            .execute());
    Database.DatabaseAddress address = prepared.address();
    return Database.open(
        new Database.DatabaseAddress(address.jdbcUrl(), address.user(), address.password(), 1));
  }

  private static List<StartedAttempt> claims(UUID batch, int first) {
    return IntStream.range(first, first + 500)
        .mapToObj(ordinal -> new StartedAttempt(1, batch, ordinal, 1, Instant.EPOCH))
        .toList();
  }

  /** How often the whole item table was scanned. */
  private static long fullScans(Database database) {
    return database.read(tx -> {
      // Makes the counts of this connection visible to the others now.
      tx.query("select pg_stat_force_next_flush() is null").mapTo(Boolean.class).one();
      return tx.query(
              "select sum(seq_scan) from pg_stat_user_tables where relname like 'item\\_2%'")
          .mapTo(Long.class)
          .one();
    });
  }
}
