package io.headgate.bench;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** No-op items through the whole engine, beside what they could cost and what others take. */
final class Drain implements Comparison {

  private static final int ROUNDS = 3;
  private static final double LEAST_PER_SECOND = 50_000;
  private static final double LEAST_OF_BARE_LOOP = 0.65;
  private static final double LEAST_OF_DB_SCHEDULER = 10;
  private static final double LEAST_OF_JOBRUNR = 30;
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
    try (House house = House.open(settings)) {
      BareLoop.run(house, FullSpeed.run(house, Math.min(WARM_UP, settings.items())));
      for (int round = 0; round < settings.rounds(ROUNDS); round++) {
        long log = written(house);
        FullSpeed drained = FullSpeed.run(house, settings.items());
        logBytes.add((double) (written(house) - log) / settings.items());
        engine.add(drained.rate());
        bare.add(BareLoop.run(house, drained));
        Report.say("  " + drained + "; bare loop " + bare.getLast());
      }
      // They warm up as the engine did.
      DbSchedulerRival.run(house, settings.scaled(DB_SCHEDULER_TASKS, 5_000));
      JobRunrRival.run(house, settings.scaled(JOBRUNR_JOBS, 2_000));
      for (int round = 0; round < settings.rounds(ROUNDS); round++) {
        dbScheduler.add(DbSchedulerRival.run(house, settings.scaled(DB_SCHEDULER_TASKS, 5_000)));
        jobRunr.add(JobRunrRival.run(house, settings.scaled(JOBRUNR_JOBS, 2_000)));
        Report.say("  db-scheduler " + dbScheduler.getLast() + ", JobRunr " + jobRunr.getLast());
      }
    }
    Rate items = Rate.median(engine);
    String what = "drain of %,d no-op items".formatted(settings.items());
    return List.of(
        Figure.atLeast(what, items, LEAST_PER_SECOND),
        Figure.atMost(
            "log written for a no-op item, submit and drain",
            Median.of(logBytes),
            "bytes",
            MOST_LOG_BYTES),
        Figure.rates(
            what, items, "bare SQL loop, same writes", Rate.median(bare), LEAST_OF_BARE_LOOP),
        Figure.rates(
            what, items, DbSchedulerRival.NAME, Rate.median(dbScheduler), LEAST_OF_DB_SCHEDULER),
        Figure.rates(what, items, JobRunrRival.NAME, Rate.median(jobRunr), LEAST_OF_JOBRUNR));
  }

  private static long written(House house) throws SQLException {
    return house.count("select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint");
  }
}
