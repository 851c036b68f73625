package io.headgate.node;

import io.headgate.db.FailureLog;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Runs the maintenance tasks that are due, one after the other, isolated from each other: an
 * exception of one is counted and logged, and the next one runs.
 */
final class Maintenance {

  static final Duration TICK = Duration.ofSeconds(1);

  private static final FailureLog failureLog =
      new FailureLog(LoggerFactory.getLogger(Maintenance.class));

  private final InstantSource clock;
  private final List<MaintenanceTask> tasks;

  Maintenance(InstantSource clock, List<MaintenanceTask> tasks) {
    this.clock = clock;
    this.tasks = new CopyOnWriteArrayList<>(tasks);
  }

  void add(MaintenanceTask task) {
    tasks.add(task);
  }

  List<MaintenanceTask> tasks() {
    return List.copyOf(tasks);
  }

  /**
   * One round.
   *
   * @throws Exception the last failure, when every task that was due has failed: then the database
   *     is probably away, and the loop waits longer before it tries again
   */
  boolean runOnce() throws Exception {
    Exception last = null;
    boolean succeeded = false;
    for (MaintenanceTask task : tasks) {
      if (task.due(clock.instant())) {
        Exception failure = run(task);
        succeeded |= failure == null;
        last = failure == null ? last : failure;
      }
    }
    if (last != null && !succeeded) {
      throw last;
    }
    return false;
  }

  private @Nullable Exception run(MaintenanceTask task) throws InterruptedException {
    try {
      task.run(clock.instant());
      return null;
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      failureLog.warn("maintenance task " + task.name(), "", e);
      return e;
    } catch (AssertionError e) {
      failureLog.warn("maintenance task " + task.name(), "", e);
      return new IllegalStateException(e);
    }
  }

  void measure(MeterRegistry metrics) {
    tasks.forEach(task -> task.measure(metrics));
  }
}
