package io.headgate.node;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Periodic work of the cluster. Every node does it, so it must be safe to do twice and
 * concurrently. Tasks are isolated from each other: one that fails does not stop the others, and
 * runs again when it is next due, or after a minute when that is sooner.
 */
public final class MaintenanceTask {

  /** The work. */
  @FunctionalInterface
  public interface TaskAction {

    /**
     * @param now the time of the cluster
     */
    void run(Instant now) throws Exception;
  }

  /** A task with a longer interval is tried again after this when it has failed. */
  private static final Duration RETRY = Duration.ofMinutes(1);

  private final String name;
  private final Duration interval;
  private final TaskAction action;
  private final AtomicLong runs = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private volatile long lastNanos;
  private Instant dueAt = Instant.EPOCH;

  /**
   * @param name short, lower case, with hyphens: the {@code task} label of the metrics
   * @param interval from the start of one run to the start of the next; zero for every round
   */
  public MaintenanceTask(String name, Duration interval, TaskAction action) {
    this.name = name;
    this.interval = interval;
    this.action = action;
  }

  public String name() {
    return name;
  }

  /** Runs that ended, failed ones among them. */
  public long runs() {
    return runs.get();
  }

  /** Runs that ended with an exception. */
  public long failures() {
    return failures.get();
  }

  /** How long the last run took. */
  public Duration lastDuration() {
    return Duration.ofNanos(lastNanos);
  }

  boolean due(Instant now) {
    return !now.isBefore(dueAt);
  }

  /** Runs the action and counts the run. Whatever the action throws comes through. */
  void run(Instant now) throws Exception {
    dueAt = now.plus(interval);
    long before = System.nanoTime();
    boolean done = false;
    try {
      action.run(now);
      done = true;
    } finally {
      lastNanos = System.nanoTime() - before;
      runs.incrementAndGet();
      if (!done) {
        dueAt = interval.compareTo(RETRY) > 0 ? now.plus(RETRY) : dueAt;
        failures.incrementAndGet();
      }
    }
  }

  void measure(MeterRegistry metrics) {
    FunctionCounter.builder("headgate.maintenance.runs", this, MaintenanceTask::runs)
        .description("runs of a maintenance task, failed ones among them")
        .tag("task", name)
        .register(metrics);
    FunctionCounter.builder("headgate.maintenance.failures", this, MaintenanceTask::failures)
        .description("runs of a maintenance task that failed")
        .tag("task", name)
        .register(metrics);
    Gauge.builder("headgate.maintenance.last.duration", this, task -> task.lastNanos / 1e9)
        .description("how long the last run of a maintenance task took")
        .baseUnit("seconds")
        .tag("task", name)
        .register(metrics);
  }
}
