package io.headgate.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
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
  void the_clock_follows_the_database() {
    try (Database database = TestPostgres.database()) {
      Clock clock = Clock.of(database);
      Instant theirs =
          database.read(tx -> tx.query("select clock_timestamp()").mapTo(Instant.class).one());
      assertThat(Duration.between(theirs, clock.instant()).abs()).isLessThan(Duration.ofSeconds(1));
    }
  }
}
