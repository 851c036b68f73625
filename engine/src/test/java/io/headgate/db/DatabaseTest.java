package io.headgate.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatabaseTest {

  @Test
  void what_is_committed_is_on_the_disk() {
    try (Database database = TestPostgres.database()) {
      for (String setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
        assertThat(
                database.<String>read(tx -> tx.query("show " + setting).mapTo(String.class).one()))
            .as(setting)
            .isEqualTo("on");
      }
    }
  }

  @Test
  void an_exception_rolls_everything_back() {
    try (Database database = TestPostgres.database()) {
      assertThatThrownBy(() ->
              database.useTransaction(tx -> {
                tx.update("create table t (x int)").execute();
                throw new IllegalStateException("on purpose");
              }))
          .hasMessage("on purpose");
      assertThat(
              database.<Integer>read(tx ->
                  tx.query("select count(*) from pg_class where relname = 't'")
                      .mapTo(Integer.class)
                      .one()))
          .isZero();
    }
  }

  @Test
  void a_read_refuses_statements_that_write() {
    try (Database database = counters()) {
      for (String write :
          List.of(
              "insert into counter values (2) returning n",
              "update counter set n = 2 returning n",
              "with gone as (delete from counter returning n) select n from gone")) {
        assertThatThrownBy(() -> database.read(tx -> tx.query(write).mapTo(Integer.class).list()))
            .as(write)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageStartingWith("not a query");
      }
      assertThat(counters(database)).containsExactly(1);
    }
  }

  @Test
  void postgres_refuses_to_write_in_a_snapshot() {
    try (Database database = counters()) {
      assertThatThrownBy(() ->
              database.inSnapshot(tx -> tx.query("select nextval('numbers')").mapToMap().list()))
          .hasMessageContaining("read-only transaction");
    }
  }

  @Test
  void a_snapshot_sees_one_moment_and_a_read_a_moment_per_statement() {
    // A second pool: transactions of one pool and thread are nested into one another.
    try (Database database = counters();
        Database other = Database.open(oneConnection(database))) {
      database.inSnapshot(tx -> {
        List<Integer> before = all(tx);
        increment(other);
        assertThat(all(tx)).isEqualTo(before).containsExactly(1);
        return true;
      });
      database.read(tx -> {
        assertThat(all(tx)).containsExactly(2);
        increment(other);
        assertThat(all(tx)).containsExactly(3);
        return true;
      });
    }
  }

  @Test
  void a_snapshot_leaves_nothing_behind_on_its_connection() {
    try (Database many = counters();
        Database database = Database.open(oneConnection(many))) {
      database.inSnapshot(DatabaseTest::all);
      increment(database);
      assertThat(
              database.<String>read(
                  tx -> tx.query("show transaction_isolation").mapTo(String.class).one()))
          .isEqualTo("read committed");
      assertThat(counters(database)).containsExactly(2);
    }
  }

  @Test
  void a_transaction_reads_what_it_wrote_through_code_that_takes_a_snapshot() {
    try (Database database = counters()) {
      database.useTransaction(tx -> {
        tx.update("update counter set n = 7").execute();
        assertThat(all(tx)).containsExactly(7);
      });
    }
  }

  private static Database counters() {
    Database database = TestPostgres.database();
    database.useTransaction(tx -> {
      tx.update("create table counter (n int)").execute();
      tx.update("create sequence numbers").execute();
      tx.update("insert into counter values (1)").execute();
    });
    return database;
  }

  private static Database.DatabaseAddress oneConnection(Database database) {
    Database.DatabaseAddress address = database.address();
    return new Database.DatabaseAddress(address.jdbcUrl(), address.user(), address.password(), 1);
  }

  private static void increment(Database database) {
    database.useTransaction(tx -> tx.update("update counter set n = n + 1").execute());
  }

  private static List<Integer> counters(Database database) {
    return database.read(DatabaseTest::all);
  }

  private static List<Integer> all(Snapshot tx) {
    return tx.query("select n from counter order by n").mapTo(Integer.class).list();
  }

  @Test
  void signals_are_published_after_the_commit_and_never_undo_it() {
    List<Signal> received = new ArrayList<>();
    try (Database database = TestPostgres.database()) {
      database.subscribe(signal -> {
        throw new IllegalStateException("on purpose");
      });
      database.subscribe(received::add);

      String answer =
          database.inTransaction(tx -> {
            tx.notify(new Signal.WorkAvailable());
            assertThat(received).isEmpty();
            return "committed";
          });
      database.inTransactionIf(
          tx -> {
            tx.notify(new Signal.WorkAvailable());
            return "rolled back";
          },
          "committed"::equals);

      assertThat(answer).isEqualTo("committed");
      assertThat(received).containsExactly(new Signal.WorkAvailable());
    }
  }

  @Test
  void the_clock_follows_the_database() {
    try (Database database = TestPostgres.database()) {
      ClusterClock clock = ClusterClock.of(database);
      Instant theirs =
          database.read(tx -> tx.query("select clock_timestamp()").mapTo(Instant.class).one());
      assertThat(Duration.between(theirs, clock.instant()).abs()).isLessThan(Duration.ofSeconds(1));
    }
  }

  @Test
  void the_time_is_no_finer_than_the_database_keeps_it() {
    try (Database database = TestPostgres.database()) {
      ClusterClock clock = ClusterClock.of(database);
      for (int i = 0; i < 100; i++) {
        Instant now = clock.instant();
        Instant kept =
            database.read(
                tx -> tx.query("select :now").bind("now", now).mapTo(Instant.class).one());
        assertThat(kept).isEqualTo(now);
      }
    }
  }
}
