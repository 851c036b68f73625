package io.headgate.db;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats one piece of work on a thread of its own until it is closed. When there was nothing to
 * do, or when it failed, it waits for {@link #wake} or for its pause to pass. A platform thread:
 * work that keeps the node alive must not wait behind a processor that hogs the virtual ones.
 */
public final class Loop implements AutoCloseable {

  /** One round. */
  @FunctionalInterface
  public interface Round {

    /** True when there may be more to do at once. */
    boolean runOnce() throws Exception;
  }

  private static final Logger log = LoggerFactory.getLogger(Loop.class);
  private static final Duration LONGEST_PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

  private final String name;
  private final Duration pause;
  private final Round round;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean woken;
  private volatile boolean closing;
  private int failures;

  /**
   * @param pause the longest wait between two rounds of which the first found nothing to do
   */
  public Loop(String name, Duration pause, Round round) {
    this.name = name;
    this.pause = pause;
    this.round = round;
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /** Cuts the current or next wait short. */
  public void wake() {
    lock.lock();
    try {
      woken = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    while (!closing) {
      try {
        boolean more = round.runOnce();
        failures = 0;
        if (!more) {
          await(pause);
        }
      } catch (InterruptedException e) {
        log.debug("{} interrupted", name);
      } catch (Exception | AssertionError e) {
        if (!closing) {
          failed(e);
        }
      }
    }
  }

  private void failed(Throwable problem) {
    failures++;
    log.warn("{} failed, time {}: {}", name, failures, problem.toString());
    log.debug("{} failed", name, problem);
    Duration wait = Duration.ofMillis(50L << Math.min(failures, 10));
    try {
      await(wait.compareTo(LONGEST_PAUSE_AFTER_FAILURE) > 0 ? LONGEST_PAUSE_AFTER_FAILURE : wait);
    } catch (InterruptedException e) {
      log.debug("{} interrupted", name);
    }
  }

  private void await(Duration longest) throws InterruptedException {
    lock.lock();
    try {
      long left = longest.toNanos();
      while (!woken && !closing && left > 0) {
        left = changed.awaitNanos(left);
      }
      woken = false;
    } finally {
      lock.unlock();
    }
  }

  /** Ends after the current round. Does not return before. */
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
