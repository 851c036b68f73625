package io.headgate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.db.Database;
import io.headgate.db.Tx;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A race whose winner is known: it holds its locks in an open transaction until the loser has been
 * seen waiting for them on another connection, and commits then.
 */
final class Race {

  /**
   * Asked within the winner's transaction, where pg_stat_activity would show the same moment for
   * ever. One round is ten milliseconds.
   */
  private static final String WAITS_FOR_ME =
      """
      select exists (select from pg_locks
          where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))) as waits,
        pg_sleep(0.01)::text
      """;

  private static final int ROUNDS = 1_000;

  /** What both came to. */
  record RaceResult<W, L>(W winner, L loser) {}

  private Race() {}

  /** Fails unless {@code loser} was blocked by {@code winner} before that committed. */
  static <W, L> RaceResult<W, L> run(Database database, Function<Tx, W> winner, Callable<L> loser) {
    record Held<W, L>(W winner, CompletableFuture<L> loser) {}
    Held<W, L> held =
        database.inTransaction(tx -> {
          W won = winner.apply(tx);
          CompletableFuture<L> waiting = start(loser);
          awaitBlocked(tx, waiting);
          return new Held<>(won, waiting);
        });
    return new RaceResult<>(held.winner(), held.loser().orTimeout(20, TimeUnit.SECONDS).join());
  }

  private static <L> CompletableFuture<L> start(Callable<L> loser) {
    CompletableFuture<L> answer = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("loser")
        .start(() -> {
          try {
            answer.complete(loser.call());
          } catch (Exception e) {
            answer.completeExceptionally(new CompletionException(e));
          }
        });
    return answer;
  }

  private static void awaitBlocked(Tx tx, CompletableFuture<?> loser) {
    for (int round = 0; round < ROUNDS; round++) {
      assertThat(loser).as("the loser must wait for the winner").isNotDone();
      if (tx.query(WAITS_FOR_ME).map((row, context) -> row.getBoolean("waits")).one()) {
        return;
      }
    }
    throw new AssertionError("the loser never waited for the winner");
  }
}
