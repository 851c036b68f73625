package io.headgate.bench;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** No-op items through the whole engine, beside what they could cost and what others take. */
final class DrainComparison implements Comparison {

  private static final int ROUNDS = 3;
  private static final double MIN_PER_SECOND = 50_000;
  private static final double MIN_OF_BARE_LOOP = 0.65;
  private static final double MIN_OF_DB_SCHEDULER = 10;
  private static final double MIN_OF_JOBRUNR = 30;
  private static final double MOST_LOG_BYTES = 900;
  private static final int WARM_UP = 1_000_000;
  private static final int DB_SCHEDULER_TASKS = 50_000;
  private static final int JOBRUNR_JOBS = 20_000;

  @Override
  public String name() {
    return "drain";
  }

  @Override
  public String question() {
    return "no-op items through the whole engine, beside a bare SQL loop and two schedulers";
  }

  @Override
  public List<Figure> run(Settings settings) throws Exception {
    List<Rate> engine = new ArrayList<>();
    List<Rate> bare = new ArrayList<>();
    List<Double> logBytes = new ArrayList<>();
    List<Rate> dbScheduler = new ArrayList<>();
    List<Rate> jobRunr = new ArrayList<>();
    try (BenchServer server = BenchServer.open(settings)) {
      BareLoop.run(server, DrainRun.run(server, Math.min(WARM_UP, settings.items())));
      for (int round = 0; round < settings.rounds(ROUNDS); round++) {
        long log = written(server);
        DrainRun drained = DrainRun.run(server, settings.items());
        logBytes.add((double) (written(server) - log) / settings.items());
        engine.add(drained.rate());
        bare.add(BareLoop.run(server, drained));
        Report.printLine("  " + drained + "; bare loop " + bare.getLast());
      }
      // They warm up as the engine did.
      DbSchedulerDrain.run(server, settings.scaled(DB_SCHEDULER_TASKS, 5_000));
      JobRunrDrain.run(server, settings.scaled(JOBRUNR_JOBS, 2_000));
      for (int round = 0; round < settings.rounds(ROUNDS); round++) {
        dbScheduler.add(DbSchedulerDrain.run(server, settings.scaled(DB_SCHEDULER_TASKS, 5_000)));
        jobRunr.add(JobRunrDrain.run(server, settings.scaled(JOBRUNR_JOBS, 2_000)));
        Report.printLine(
            "  db-scheduler " + dbScheduler.getLast() + ", JobRunr " + jobRunr.getLast());
      }
    }
    return figures(settings, engine, bare, logBytes, List.of(dbScheduler, jobRunr));
  }

  private static List<Figure> figures(
      Settings settings,
      List<Rate> engine,
      List<Rate> bare,
      List<Double> logBytes,
      List<List<Rate>> queues) {
    Rate items = Rate.median(engine);
    String what = "drain of %,d no-op items".formatted(settings.items());
    return List.of(
        Figure.atLeast(what, items, MIN_PER_SECOND),
        Figure.atMost(
            "log written for a no-op item, submit and drain",
            Median.of(logBytes),
            "bytes",
            MOST_LOG_BYTES),
        Figure.rates(
            what, items, "bare SQL loop, same writes", Rate.median(bare), MIN_OF_BARE_LOOP),
        Figure.rates(
            what,
            items,
            DbSchedulerDrain.NAME,
            Rate.median(queues.getFirst()),
            MIN_OF_DB_SCHEDULER),
        Figure.rates(
            what, items, JobRunrDrain.NAME, Rate.median(queues.getLast()), MIN_OF_JOBRUNR));
  }

  private static long written(BenchServer server) throws SQLException {
    return server.count("select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint");
  }
}
