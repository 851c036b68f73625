package io.headgate.credit;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.batch.Ids;
import io.headgate.credit.Accounts.AccountBalance;
import io.headgate.credit.Accounts.NewAccount;
import io.headgate.db.ClusterClock;
import io.headgate.db.Database;
import io.headgate.db.TestPostgres;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AccountsTest {

  private static final String RUNNING_BATCH =
      """
      insert into batch (id, account_id, processor, options, state, total, cursor, running,
        succeeded, failed, timeout_ms, max_attempts, backoff_ms, max_backoff_ms, credits_per_item,
        journal_reserved, created_at, retain_until)
      values (:id, :account, 'noop', '{}', 'running', 10, 6, 2, 3, 1, 1000, 1, 0, 0, 5, 50, now(),
        now() + interval '1 day')
      """;

  @Test
  void what_a_running_batch_has_used_shows_before_the_journal_has_it() {
    try (Database database = TestPostgres.database()) {
      ClusterClock clock = ClusterClock.of(database);
      Accounts accounts = new Accounts(database, clock);
      UUID account = account(database, accounts, "live", 100L);
      UUID batch = Ids.next();
      database.useTransaction(tx -> {
        assertThat(CreditJournal.reserveIfCovered(tx, account, batch, 50, clock.instant()))
            .isTrue();
        tx.update(RUNNING_BATCH).bind("id", batch).bind("account", account).execute();
      });
      AccountBalance standing = accounts.balance(account).orElseThrow();
      assertThat(standing.sums().reserved()).isEqualTo(30);
      assertThat(standing.sums().charged()).isEqualTo(15);
      // The refund of the failed item comes with the end of the batch; until then a submit may not
      // count on it.
      assertThat(standing.sums().available()).isEqualTo(50);
      boolean more =
          database.inTransaction(
              tx -> CreditJournal.reserveIfCovered(tx, account, Ids.next(), 51, clock.instant()));
      assertThat(more).isFalse();
    }
  }

  @Test
  void nodes_that_start_at_once_make_one_operator() {
    try (Database database = TestPostgres.database()) {
      Accounts accounts = new Accounts(database, ClusterClock.of(database));
      List<CompletableFuture<UUID>> starts =
          IntStream.range(0, 8)
              .mapToObj(i ->
                  CompletableFuture.supplyAsync(
                      () -> database.inTransaction(tx -> accounts.operator(tx, "default"))))
              .toList();
      assertThat(starts.stream().map(CompletableFuture::join).distinct()).hasSize(1);
      assertThat(accounts.isOperator(starts.getFirst().join())).isTrue();
    }
  }

  @Test
  void two_accounts_never_share_a_name() {
    try (Database database = TestPostgres.database()) {
      Accounts accounts = new Accounts(database, ClusterClock.of(database));
      UUID first = account(database, accounts, "same", null);
      NewAccount again = new NewAccount("same", null, null, null);
      Optional<UUID> second = database.inTransaction(tx -> accounts.createIfNameIsFree(tx, again));
      assertThat(second).isEmpty();
      assertThat(accounts.isOperator(first)).isFalse();
    }
  }

  private static UUID account(
      Database database,
      Accounts accounts,
      String name,
      @org.jspecify.annotations.Nullable Long limit) {
    NewAccount order = new NewAccount(name, limit, null, null);
    return database.inTransaction(tx -> accounts.createIfNameIsFree(tx, order)).orElseThrow();
  }
}
