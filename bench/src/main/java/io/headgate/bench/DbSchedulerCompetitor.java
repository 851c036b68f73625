package io.headgate.bench;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.exceptions.ExecutionException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceNotFoundException;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** db-scheduler with its defaults except the poll interval. One call cancels one execution. */
final class DbSchedulerCompetitor implements Competitor {

  private static final String TASK = "nothing";
  private static final int CONNECTIONS = Workload.WORKERS + CancelLoop.THREADS + 4;
  private static final Duration POLL = Duration.ofSeconds(1);

  static final CancelMethod METHOD =
      new CancelMethod(
          DbSchedulerDrain.NAME,
          "no call for many: `getScheduledExecutionsForTask`, then `SchedulerClient.cancel` for each,"
              + " on %d threads".formatted(CancelLoop.THREADS),
          "https://github.com/kagkarlsson/db-scheduler#things-to-note--gotchas",
          DbSchedulerCompetitor::new);

  private final Workload workload = new Workload();
  private final CompetitorDatabase database;
  private final OneTimeTask<Void> task;
  private final Scheduler scheduler;
  private final AtomicLong refused = new AtomicLong();

  private DbSchedulerCompetitor(BenchServer server) throws Exception {
    this.database = CompetitorDatabase.open(server, CONNECTIONS);
    database.execute(DbSchedulerDrain.TABLES);
    this.task = Tasks.oneTime(TASK).execute((instance, context) -> run());
    this.scheduler =
        Scheduler.create(database.pool(), List.of(task))
            .threads(Workload.WORKERS)
            .pollingInterval(POLL)
            .build();
  }

  private void run() {
    try {
      workload.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void load(int jobs) throws Exception {
    scheduler.scheduleBatch(
        IntStream.range(0, jobs).<TaskInstance<?>>mapToObj(i -> task.instance("n" + i)),
        Instant.now());
    database.execute("vacuum analyze");
  }

  @Override
  public void start() {
    scheduler.start();
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
    List<TaskInstanceId> pending = new ArrayList<>();
    scheduler.fetchScheduledExecutionsForTask(
        TASK, Void.class, execution -> pending.add(execution.getTaskInstance()));
    loop.cancelAll(pending, this::cancelled);
    double millis = (System.nanoTime() - start) / 1e6;
    return new CancelResult(
        !loop.isOverLimit(),
        loop.cancelled(),
        millis,
        "nothing; an exception for each that had started: %,d".formatted(refused.get()),
        before,
        workload.tally());
  }

  private boolean cancelled(TaskInstanceId id) {
    try {
      scheduler.cancel(id);
      return true;
    } catch (TaskInstanceCurrentlyExecutingException
        | TaskInstanceNotFoundException
        | ExecutionException e) {
      // ExecutionException is thrown when a worker picks the execution between the read and the
      // delete.
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
    return database.summary("select 'rows', count(*) from scheduled_tasks");
  }

  @Override
  public void close() throws SQLException {
    try (database) {
      workload.release();
      scheduler.stop();
    }
  }
}
