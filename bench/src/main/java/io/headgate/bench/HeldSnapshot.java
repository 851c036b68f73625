package io.headgate.bench;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * A session that is idle in a transaction, as a backup or an analyst leaves it, keeps PostgreSQL
 * from removing dead rows. Measures how much of a steady load is still done beside it.
 */
final class HeldSnapshot implements Comparison {

  private static final Duration DURATION = Duration.ofMinutes(30);
  private static final Duration QUICK_DURATION = Duration.ofSeconds(30);
  private static final int ITEMS_PER_SECOND = 2_000;
  private static final int CLIENTS = 4;
  private static final double LEAST_DONE = 0.95;

  @Override
  public String name() {
    return "held-snapshot";
  }

  @Override
  public String question() {
    return "2,000 items/s offered in small batches while a session is idle in a transaction";
  }

  @Override
  public List<Figure> run(Settings settings) throws Exception {
    Duration duration = settings.duration(DURATION, QUICK_DURATION);
    try (BenchServer server = BenchServer.open(settings);
        Connection idle = server.connect()) {
      DrainRun.run(server, 100_000);
      hold(idle);
      long before = server.noop().runs();
      List<Long> offered = new ArrayList<>();
      List<Long> done = new ArrayList<>();
      int steps = 10;
      for (int step = 0; step < steps; step++) {
        offered.add(offer(server, duration.dividedBy(steps)));
        done.add(server.noop().runs() - before - done.stream().mapToLong(n -> n).sum());
        Report.printLine("  offered %,d, done %,d".formatted(offered.getLast(), done.getLast()));
      }
      idle.rollback();
      long offeredInAll = offered.stream().mapToLong(n -> n).sum();
      long doneInAll = done.stream().mapToLong(n -> n).sum();
      double asked = (double) ITEMS_PER_SECOND * duration.toSeconds();
      return List.of(
          Figure.ratioAtLeast(
              "done beside a snapshot held for " + duration.toMinutes() + " min",
              "%,d items".formatted(doneInAll),
              "%,.0f items at %,d items/s".formatted(asked, ITEMS_PER_SECOND),
              doneInAll / asked,
              LEAST_DONE),
          Figure.information("the same, submitted", "%,d items".formatted(offeredInAll)),
          Figure.information(
              "the same, done in the last tenth", "%,d items".formatted(done.getLast())));
    }
  }

  private static void hold(Connection idle) throws Exception {
    idle.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    idle.setAutoCommit(false);
    try (Statement statement = idle.createStatement()) {
      statement.execute("set idle_in_transaction_session_timeout = 0");
      statement.execute("select count(*) from account");
    }
  }

  /** Submits at a steady pace, late when the server is; returns how many items. */
  private static long offer(BenchServer server, Duration duration) throws Exception {
    long batches = ITEMS_PER_SECOND * duration.toMillis() / 1_000 / SmallBatches.ITEMS_PER_BATCH;
    long step = duration.toNanos() / Math.max(1, batches);
    long start = System.nanoTime();
    long submitted = 0;
    try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
      List<Future<?>> submits = new ArrayList<>();
      for (long i = 0; i < batches; i++) {
        long wait = start + i * step - System.nanoTime();
        if (wait > 0) {
          LockSupport.parkNanos(wait);
        }
        submits.add(clients.submit(() -> server.client().submit(SmallBatches.small())));
      }
      for (Future<?> submit : submits) {
        submit.get();
        submitted += SmallBatches.ITEMS_PER_BATCH;
      }
    }
    return submitted;
  }
}
