package io.headgate.db;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.batch.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PartitionsTest {

  private static final Instant NOON = Instant.parse("2026-03-05T12:00:00Z");

  private final Database database = TestPostgres.database();
  private final Partitions daily = new Partitions(database, Partitions.DEFAULT_INTERVAL);

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_partition_is_named_by_its_lower_bound_and_the_next_one_exists() {
    daily.ensure(NOON);
    daily.ensure(NOON);
    assertThat(names("item")).containsExactly("item_20260305_000000", "item_20260306_000000");
    assertThat(names("result")).containsExactly("result_20260305_000000", "result_20260306_000000");
  }

  @Test
  void an_item_of_a_batch_created_now_has_a_partition() {
    daily.ensure(Instant.now());
    insertItem(Ids.next());
    assertThat(count("item")).isEqualTo(1);
  }

  @Test
  void another_interval_fills_what_earlier_partitions_left_free() {
    daily.ensure(NOON);
    new Partitions(database, Duration.ofDays(7)).ensure(NOON);
    insertItem(Partitions.smallestId(NOON));
    insertItem(Partitions.smallestId(NOON.plus(Duration.ofDays(5))));
    assertThat(count("item")).isEqualTo(2);
  }

  @Test
  void several_nodes_may_make_the_same_partitions_at_once() throws Exception {
    try (ExecutorService nodes = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Void> node =
          () -> {
            new Partitions(database, Partitions.DEFAULT_INTERVAL).ensure(NOON);
            return null;
          };
      for (Future<Void> done :
          nodes.invokeAll(IntStream.range(0, 4).mapToObj(i -> node).toList())) {
        done.get();
      }
    }
    assertThat(names("item")).hasSize(2);
  }

  @Test
  void making_a_partition_does_not_wait_for_a_running_submit() {
    daily.ensure(NOON);
    database.useTransaction(tx -> {
      insertItem(tx, Partitions.smallestId(NOON));
      daily.ensure(NOON.plus(Duration.ofDays(3)));
    });
    assertThat(names("item")).hasSize(4);
  }

  @Test
  void a_span_is_dropped_with_its_batches_when_none_is_retained() {
    daily.ensure(NOON);
    UUID id = Partitions.smallestId(NOON);
    insertItem(id);
    insertFinishedBatch(id, NOON.plus(Duration.ofDays(10)));

    daily.drop(NOON.plus(Duration.ofDays(9)));
    assertThat(names("item")).as("kept").containsExactly("item_20260305_000000");
    assertThat(daily.drop(NOON.plus(Duration.ofDays(11)))).isEqualTo(1);
    assertThat(names("item")).isEmpty();
    assertThat(names("result")).isEmpty();
    assertThat(count("batch")).isZero();
  }

  @Test
  void a_table_that_a_crash_left_detached_is_dropped_by_the_next_call() {
    daily.ensure(NOON);
    database.useTransaction(
        tx -> tx.update("alter table item detach partition item_20260305_000000").execute());
    daily.drop(NOON);
    assertThat(
            database.<Boolean>read(tx ->
                tx.query("select to_regclass('item_20260305_000000') is null")
                    .mapTo(Boolean.class)
                    .one()))
        .isTrue();
  }

  @Test
  void the_current_span_is_kept_even_when_empty() {
    daily.ensure(NOON);
    assertThat(daily.drop(NOON)).isZero();
    assertThat(names("item")).hasSize(2);
  }

  private void insertFinishedBatch(UUID id, Instant retainUntil) {
    database.useTransaction(tx -> {
      UUID account = UUID.randomUUID();
      tx.update(
              "insert into account (id, name, unlimited, created_at) values (:id, 'a', true, now())")
          .bind("id", account)
          .execute();
      tx.update(
              """
              insert into batch (id, account_id, processor, options, state, total, cursor, failed,
                timeout_ms, max_attempts, backoff_ms, max_backoff_ms, credits_per_item,
                journal_reserved, created_at, retain_until, finished_at)
              values (:id, :account, 'x', '{}', 'failed', 1, 1, 1, 1, 1, 0, 0, 0, 0, now(), :until,
                now())
              """)
          .bind("id", id)
          .bind("account", account)
          .bind("until", retainUntil)
          .execute();
    });
  }

  private void insertItem(UUID batch) {
    database.useTransaction(tx -> insertItem(tx, batch));
  }

  private static void insertItem(Tx tx, UUID batch) {
    tx.update("insert into item (batch_id, ordinal, input) values (:batch, 0, '{}')")
        .bind("batch", batch)
        .execute();
  }

  private List<String> names(String table) {
    return database.read(tx ->
        tx.query(
                """
                select inhrelid::regclass::text from pg_inherits
                where inhparent = cast(:table as regclass) order by 1
                """)
            .bind("table", table)
            .mapTo(String.class)
            .list());
  }

  private int count(String table) {
    return database.read(
        tx -> tx.query("select count(*) from " + table).mapTo(Integer.class).one());
  }
}
