package io.headgate.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IdleTransactionTest {

  private final Database database = TestPostgres.database();

  @AfterEach
  void close() {
    database.close();
  }

  /** How long this transaction may be idle. */
  private static String longestIdle(Tx tx) {
    return tx.query("show idle_in_transaction_session_timeout").mapTo(String.class).one();
  }

  @Test
  void a_transaction_may_be_idle_only_while_it_waits_for_a_client() {
    database.useTransaction(tx -> {
      assertThat(longestIdle(tx)).isEqualTo("5s");
      tx.waitingForClient(() -> assertThat(longestIdle(tx)).isEqualTo("0"));
      assertThat(longestIdle(tx)).isEqualTo("5s");
    });
  }

  @Test
  void the_locks_of_an_idle_transaction_are_released() {
    database.useTransaction(tx -> tx.update("create table one (id int)").execute());
    database.useTransaction(tx -> tx.update("insert into one values (1)").execute());
    assertThatThrownBy(() ->
            database.useTransaction(tx -> {
              tx.update("set local idle_in_transaction_session_timeout = 50").execute();
              tx.query("select id from one for update").mapTo(Integer.class).one();
              updateFromElsewhere();
            }))
        .isInstanceOf(JdbiException.class)
        .matches(DatabaseErrors::isUnreachable, "is an outage, not a bug");
  }

  /** Waits for the lock that the transaction of this thread holds. */
  private void updateFromElsewhere() {
    int updated =
        java.util.concurrent.CompletableFuture.supplyAsync(() ->
                database.<Integer>inTransaction(tx -> tx.update("update one set id = 2").execute()))
            .orTimeout(20, java.util.concurrent.TimeUnit.SECONDS)
            .join();
    assertThat(updated).isEqualTo(1);
  }
}
