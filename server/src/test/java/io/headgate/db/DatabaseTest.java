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
  void what_a_transaction_says_is_heard_once_it_has_committed_and_never_undoes_it() {
    List<Signal> heard = new ArrayList<>();
    try (Database database = TestPostgres.database()) {
      database.hear(signal -> {
        throw new IllegalStateException("on purpose");
      });
      database.hear(heard::add);

      String answer =
          database.inTransaction(tx -> {
            tx.notify(new Signal.Work());
            assertThat(heard).isEmpty();
            return "committed";
          });
      database.inTransactionIf(
          tx -> {
            tx.notify(new Signal.Work());
            return "rolled back";
          },
          "committed"::equals);

      assertThat(answer).isEqualTo("committed");
      assertThat(heard).containsExactly(new Signal.Work());
    }
  }

  @Test
  void the_clock_follows_the_database() {
    try (Database database = TestPostgres.database()) {
      Clock clock = Clock.of(database);
      Instant theirs =
          database.read(tx -> tx.query("select clock_timestamp()").mapTo(Instant.class).one());
      assertThat(Duration.between(theirs, clock.instant()).abs()).isLessThan(Duration.ofSeconds(1));
    }
  }

  @Test
  void the_time_is_no_finer_than_the_database_keeps_it() {
    try (Database database = TestPostgres.database()) {
      Clock clock = Clock.of(database);
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
