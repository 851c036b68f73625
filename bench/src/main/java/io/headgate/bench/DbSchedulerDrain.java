package io.headgate.bench;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Runs no-op tasks through db-scheduler, configured as its README recommends for high throughput:
 * lock-and-fetch with limits 1.0 and 4.0, many threads, and a connection for each busy thread.
 */
final class DbSchedulerDrain {

  static final String NAME = "db-scheduler 16.12";

  private static final int THREADS = 50;
  private static final int CONNECTIONS = 50;

  static final String TABLES =
      """
      create table scheduled_tasks (
        task_name text not null,
        task_instance text not null,
        task_data bytea,
        execution_time timestamp with time zone,
        picked boolean not null,
        picked_by text,
        last_success timestamp with time zone,
        last_failure timestamp with time zone,
        consecutive_failures int,
        last_heartbeat timestamp with time zone,
        version bigint not null,
        priority smallint,
        primary key (task_name, task_instance)
      );
      create index execution_time_idx on scheduled_tasks (execution_time);
      create index last_heartbeat_idx on scheduled_tasks (last_heartbeat);
      """;

  private DbSchedulerDrain() {}

  /** Schedules all tasks, then starts the scheduler, and returns the rate at which they ran. */
  static Rate run(BenchServer server, int tasks) throws Exception {
    AtomicInteger runs = new AtomicInteger();
    OneTimeTask<Void> nothing =
        Tasks.oneTime("nothing").execute((instance, context) -> runs.incrementAndGet());
    try (CompetitorDatabase database = CompetitorDatabase.open(server, CONNECTIONS)) {
      database.execute(TABLES);
      Scheduler scheduler =
          Scheduler.create(database.pool(), List.of(nothing))
              .threads(THREADS)
              .pollUsingLockAndFetch(1.0, 4.0)
              .pollingInterval(Duration.ofMillis(100))
              .build();
      scheduler.scheduleBatch(
          IntStream.range(0, tasks).<TaskInstance<?>>mapToObj(i -> nothing.instance("n" + i)),
          Instant.now());
      database.execute("vacuum analyze scheduled_tasks");
      server.checkpoint();
      long start = System.nanoTime();
      scheduler.start();
      try {
        Polling.until("db-scheduler has run all", () -> runs.get() >= tasks);
        database.awaitNone("db-scheduler has ended all", "select count(*) from scheduled_tasks");
        return Rate.of(tasks, System.nanoTime() - start, "tasks");
      } finally {
        scheduler.stop();
      }
    }
  }
}
