package io.headgate.bench;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.jobrunr.server.BackgroundJobServer;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;
import org.jobrunr.utils.mapper.jackson3.Jackson3JsonMapper;

/**
 * Runs no-op jobs through JobRunr: PostgreSQL storage, virtual threads (the default), more workers
 * than the default as its documentation recommends, and a third of the default poll interval.
 */
final class JobRunrDrain {

  static final String NAME = "JobRunr 8.7";

  private static final int WORKERS = 128;
  private static final int CONNECTIONS = 50;
  private static final Duration POLL = Duration.ofSeconds(5);
  private static final AtomicInteger RUNS = new AtomicInteger();

  /** A no-op job. */
  public record NoopJob(int number) implements JobRequest {
    @Override
    public Class<NoopJobHandler> getJobRequestHandler() {
      return NoopJobHandler.class;
    }
  }

  /** JobRunr creates one for each job. */
  public static final class NoopJobHandler implements JobRequestHandler<NoopJob> {
    @Override
    public void run(NoopJob job) {
      RUNS.incrementAndGet();
    }
  }

  private JobRunrDrain() {}

  /** Enqueues all jobs, then starts the server, and returns the rate at which they ran. */
  static Rate run(BenchServer benchServer, int jobs) throws Exception {
    RUNS.set(0);
    try (CompetitorDatabase database = CompetitorDatabase.open(benchServer, CONNECTIONS)) {
      try {
        var started =
            JobRunr.configure()
                .useJsonMapper(new Jackson3JsonMapper())
                .useStorageProvider(new PostgresStorageProvider(database.pool()))
                .useBackgroundJobServer(
                    BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                        .andWorkerCount(WORKERS)
                        .andPollInterval(POLL),
                    false)
                .initialize();
        started.getJobRequestScheduler().enqueue(IntStream.range(0, jobs).mapToObj(NoopJob::new));
        database.execute("vacuum analyze jobrunr_jobs");
        benchServer.checkpoint();
        return timed(database, started.getBackgroundJobServer(), jobs);
      } finally {
        JobRunr.destroy();
      }
    }
  }

  private static Rate timed(CompetitorDatabase database, BackgroundJobServer server, int jobs)
      throws Exception {
    long start = System.nanoTime();
    server.start();
    Polling.until("JobRunr has run all", () -> RUNS.get() >= jobs);
    database.awaitNone(
        "JobRunr has ended all",
        "select count(*) from jobrunr_jobs where state in ('ENQUEUED', 'PROCESSING')");
    return Rate.of(jobs, System.nanoTime() - start, "jobs");
  }
}
