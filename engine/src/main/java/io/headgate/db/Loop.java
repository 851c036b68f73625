package io.headgate.db;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats one piece of work on a platform thread of its own until it is closed. After a round that
 * found nothing to do, or that failed, it waits for {@link #wake} or for its pause to pass. A
 * platform thread, because work that keeps the node alive must not wait behind a processor that
 * occupies the carriers of virtual threads.
 *
 * <p>A loop survives every exception and failed assertion: it logs, waits longer after each
 * failure, and tries again. Any other {@link Error} means that the process itself is broken
 * (memory, stack, classes). The loop then ends and passes the error to the handler set with {@link
 * #onError}.
 *
 * <p>Thread-safe.
 */
public final class Loop implements AutoCloseable {

  /** One round. */
  @FunctionalInterface
  public interface LoopRound {

    /** Returns true when there may be more to do at once. */
    boolean runOnce() throws Exception;
  }

  private static final Logger log = LoggerFactory.getLogger(Loop.class);
  private static final FailureLog failureLog = new FailureLog(log);
  private static final Duration FIRST_PAUSE_AFTER_FAILURE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

  /** Several pauses after failures fit in, and a wait for a connection. */
  private static final Duration SHORTEST_OVERDUE = Duration.ofSeconds(30);

  private final String name;
  private final Duration pause;
  private final Duration overdueAfter;
  private final LoopRound round;
  private final LongSupplier nanoTime;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean woken;
  private volatile boolean started;
  private volatile boolean closing;
  private volatile long startedAt;
  private volatile long succeededAt;
  private final AtomicLong rounds = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private volatile @Nullable Error fatal;
  private volatile @Nullable BiConsumer<String, Error> errorHandler;
  private int failuresInARow;

  /**
   * A loop that counts as overdue after ten pauses without a successful round, and not before 30
   * seconds.
   *
   * @param name of its thread, and in {@code /readyz}, log and metrics
   * @param pause the longest wait between two rounds of which the first found nothing to do
   */
  public Loop(String name, Duration pause, LoopRound round) {
    this(name, pause, atLeast(SHORTEST_OVERDUE, pause.multipliedBy(10)), round);
  }

  /**
   * A loop with its own bound.
   *
   * @param overdueAfter the longest time between two successful rounds that is still normal
   */
  public Loop(String name, Duration pause, Duration overdueAfter, LoopRound round) {
    this(name, pause, overdueAfter, round, System::nanoTime);
  }

  /** For tests that move the time. */
  Loop(String name, Duration pause, Duration overdueAfter, LoopRound round, LongSupplier nanoTime) {
    this.name = name;
    this.pause = pause;
    this.overdueAfter = overdueAfter;
    this.round = round;
    this.nanoTime = nanoTime;
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
  }

  private static Duration atLeast(Duration least, Duration duration) {
    return duration.compareTo(least) < 0 ? least : duration;
  }

  public void start() {
    startedAt = nanoTime.getAsLong();
    started = true;
    thread.start();
  }

  public String name() {
    return name;
  }

  /**
   * Sets what is called with the loop's name when an error ends it: on the loop's thread, or at
   * once when that has happened already. Memory may be short then, so the handler must not need
   * any.
   */
  public void onError(BiConsumer<String, Error> handler) {
    errorHandler = handler;
    Error already = fatal;
    if (already != null) {
      handler.accept(name, already);
    }
  }

  /** Ends the current or next wait. */
  public void wake() {
    lock.lock();
    try {
      woken = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  public LoopStatus status() {
    boolean succeeded = rounds.get() > 0;
    long now = nanoTime.getAsLong();
    long since = now - (succeeded ? succeededAt : startedAt);
    boolean late = started && !closing && since > overdueAfter.toNanos();
    return new LoopStatus(
        name,
        succeeded ? Duration.ofNanos(since) : null,
        overdueAfter,
        late || fatal != null,
        rounds.get(),
        failures.get());
  }

  private void run() {
    try {
      while (!closing) {
        await(runRound());
      }
    } catch (Error e) {
      died(e);
    }
  }

  /**
   * Runs one round.
   *
   * @return how long to wait before the next
   */
  Duration runRound() {
    try {
      boolean more = round.runOnce();
      succeededAt = nanoTime.getAsLong();
      rounds.incrementAndGet();
      failuresInARow = 0;
      return more ? Duration.ZERO : pause;
    } catch (InterruptedException e) {
      log.debug("{} was interrupted", name);
      return Duration.ZERO;
    } catch (Exception | AssertionError e) {
      return failed(e);
    }
  }

  private Duration failed(Throwable problem) {
    failures.incrementAndGet();
    failuresInARow++;
    if (!closing) {
      failureLog.warn("loop " + name, "time " + failuresInARow + " in a row", problem);
    }
    Duration longer =
        FIRST_PAUSE_AFTER_FAILURE.multipliedBy(1L << Math.min(failuresInARow - 1, 10));
    return longer.compareTo(LONGEST_PAUSE_AFTER_FAILURE) < 0 ? longer : LONGEST_PAUSE_AFTER_FAILURE;
  }

  /** Calls the handler before anything that allocates: the log may fail for lack of memory. */
  private void died(Error e) {
    fatal = e;
    BiConsumer<String, Error> handler = errorHandler;
    if (handler != null) {
      handler.accept(name, e);
    }
    log.error("loop {} ended because of an error that it cannot survive", name, e);
  }

  private void await(Duration longest) {
    lock.lock();
    try {
      long left = longest.toNanos();
      while (!woken && !closing && left > 0) {
        left = changed.awaitNanos(left);
      }
      woken = false;
    } catch (InterruptedException e) {
      log.debug("{} was interrupted", name);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends the loop after the current round, and returns when that is over. Called on the loop's own
   * thread, it returns at once.
   */
  @Override
  public void close() {
    closing = true;
    wake();
    if (thread.equals(Thread.currentThread()) || !thread.isAlive()) {
      return;
    }
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
