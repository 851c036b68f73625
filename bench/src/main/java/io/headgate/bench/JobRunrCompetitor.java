package io.headgate.bench;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.configuration.JobRunrConfiguration.JobRunrConfigurationResult;
import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.jobrunr.jobs.states.IllegalJobStateChangeException;
import org.jobrunr.jobs.states.StateName;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.storage.ConcurrentJobModificationException;
import org.jobrunr.storage.JobNotFoundException;
import org.jobrunr.storage.Paging.AmountBasedList;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;
import org.jobrunr.utils.mapper.jackson3.Jackson3JsonMapper;

/** JobRunr with a third of its default poll interval. One call deletes one job. */
final class JobRunrCompetitor implements Competitor {

  private static final int CONNECTIONS = Workload.WORKERS + CancelLoop.THREADS + 4;
  private static final int PAGE = 1_000;
  private static final Duration POLL = Duration.ofSeconds(5);

  static final CancelMethod METHOD =
      new CancelMethod(
          JobRunrDrain.NAME,
          "no call for many in the free edition: pages of `getJobList(ENQUEUED)`, then"
              + " `JobRequestScheduler.delete` for each, on %d threads"
                  .formatted(CancelLoop.THREADS),
          "https://www.jobrunr.io/en/documentation/background-methods/deleting-jobs/",
          JobRunrCompetitor::new);

  /** JobRunr creates the handlers itself; they read their workload here. */
  private static volatile Workload current = new Workload();

  /** A job that runs one job of the workload. */
  public record WorkloadJob(int number) implements JobRequest {
    @Override
    public Class<WorkloadJobHandler> getJobRequestHandler() {
      return WorkloadJobHandler.class;
    }
  }

  /** JobRunr creates one for each job. */
  public static final class WorkloadJobHandler implements JobRequestHandler<WorkloadJob> {
    @Override
    public void run(WorkloadJob job) throws InterruptedException {
      current.run();
    }
  }

  private final Workload workload = new Workload();
  private final CompetitorDatabase database;
  private final PostgresStorageProvider storage;
  private final JobRunrConfigurationResult jobRunr;
  private final AtomicLong refused = new AtomicLong();

  private JobRunrCompetitor(BenchServer server) throws Exception {
    this.database = CompetitorDatabase.open(server, CONNECTIONS);
    this.storage = new PostgresStorageProvider(database.pool());
    this.jobRunr =
        JobRunr.configure()
            .useJsonMapper(new Jackson3JsonMapper())
            .useStorageProvider(storage)
            .useBackgroundJobServer(
                BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                    .andWorkerCount(Workload.WORKERS)
                    .andPollInterval(POLL),
                false)
            .initialize();
  }

  @Override
  public void load(int jobs) throws Exception {
    current = workload;
    long end = System.nanoTime() + LOAD_TIMEOUT.toNanos();
    jobRunr
        .getJobRequestScheduler()
        .enqueue(
            IntStream.range(0, jobs)
                .takeWhile(i -> System.nanoTime() - end < 0)
                .mapToObj(WorkloadJob::new));
    if (System.nanoTime() - end >= 0) {
      throw new CancelMethod.NotMeasuredException(NOT_LOADED);
    }
    database.execute("vacuum analyze");
  }

  @Override
  public void start() {
    jobRunr.getBackgroundJobServer().start();
  }

  @Override
  public Workload.Tally tally() {
    return workload.tally();
  }

  @Override
  public CancelResult cancel(Duration limit) throws Exception {
    Workload.Tally before = workload.tally();
    long start = System.nanoTime();
    CancelLoop loop = CancelLoop.within(limit);
    List<UUID> page = enqueued();
    while (!page.isEmpty() && !loop.isOverLimit()) {
      loop.cancelAll(page, this::deleted);
      page = enqueued();
    }
    double millis = (System.nanoTime() - start) / 1e6;
    return new CancelResult(
        page.isEmpty(),
        loop.cancelled(),
        millis,
        "nothing; an exception for each that was being changed: %,d".formatted(refused.get()),
        before,
        workload.tally());
  }

  private List<UUID> enqueued() {
    return storage.getJobList(StateName.ENQUEUED, AmountBasedList.ascOnUpdatedAt(PAGE)).stream()
        .map(Job::getId)
        .toList();
  }

  private boolean deleted(UUID id) {
    try {
      jobRunr.getJobRequestScheduler().delete(id);
      return true;
    } catch (ConcurrentJobModificationException
        | IllegalJobStateChangeException
        | JobNotFoundException e) {
      refused.incrementAndGet();
      return false;
    }
  }

  @Override
  public void release() {
    workload.release();
  }

  @Override
  public String finalState() throws Exception {
    return database.summary(
        "select state, count(*) from jobrunr_jobs group by state order by state");
  }

  @Override
  public void close() throws SQLException {
    try (database) {
      workload.release();
      JobRunr.destroy();
    }
  }
}
