package io.headgate.node;

import io.headgate.engine.Settlement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What runs on this node now, and what has finished since the last exchange. */
final class Slots {

  private final int total;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Set<RunningAttempt> running = new LinkedHashSet<>();
  private final List<Settlement> finished = new ArrayList<>();
  private boolean work = true;

  Slots(int total) {
    this.total = total;
  }

  int total() {
    return total;
  }

  void started(Collection<RunningAttempt> attempts) {
    lock.lock();
    try {
      running.addAll(attempts);
    } finally {
      lock.unlock();
    }
  }

  /** An attempt's slot is free from now on; its settlement waits for the next exchange. */
  void finished(RunningAttempt attempt, Settlement settlement) {
    lock.lock();
    try {
      if (running.remove(attempt)) {
        finished.add(settlement);
        if (finished.size() == 1 || !worthWaiting()) {
          changed.signalAll();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** There may be something to claim. */
  void work() {
    lock.lock();
    try {
      work = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** What an exchange starts from. */
  record Turn(List<Settlement> finished, int free) {}

  /**
   * Waits until there is something to exchange, at most {@code longest}; then up to {@code linger}
   * for more to finish, so that one exchange settles many.
   */
  Turn await(Duration longest, Duration linger) throws InterruptedException {
    lock.lock();
    try {
      long left = longest.toNanos();
      while (finished.isEmpty() && !(work && free() > 0) && left > 0) {
        left = changed.awaitNanos(left);
      }
      long lingering = linger.toNanos();
      while (!finished.isEmpty() && worthWaiting() && lingering > 0) {
        lingering = changed.awaitNanos(lingering);
      }
      work = false;
      List<Settlement> taken = List.copyOf(finished);
      finished.clear();
      return new Turn(taken, free());
    } finally {
      lock.unlock();
    }
  }

  /**
   * While most of the node still runs, a few settled items are not worth a transaction of their
   * own.
   */
  private boolean worthWaiting() {
    return !running.isEmpty() && finished.size() < total / 2;
  }

  private int free() {
    return total - running.size();
  }

  /** Puts back what an exchange could not settle. */
  void unsettled(List<Settlement> settlements) {
    lock.lock();
    try {
      finished.addAll(settlements);
    } finally {
      lock.unlock();
    }
  }

  List<RunningAttempt> running() {
    lock.lock();
    try {
      return List.copyOf(running);
    } finally {
      lock.unlock();
    }
  }

  /** The claims this node knows of, running or waiting to be settled. */
  Set<Long> tokens() {
    lock.lock();
    try {
      Set<Long> tokens = new LinkedHashSet<>();
      running.forEach(attempt -> tokens.add(attempt.work.claim().token()));
      finished.forEach(settlement -> tokens.add(settlement.token()));
      return tokens;
    } finally {
      lock.unlock();
    }
  }

  Set<UUID> batches() {
    Set<UUID> batches = new LinkedHashSet<>();
    running().forEach(attempt -> batches.add(attempt.work.batch().id()));
    return batches;
  }

  /** Forgets everything: none of it is this node's any more. */
  List<RunningAttempt> abandonAll() {
    lock.lock();
    try {
      List<RunningAttempt> all = List.copyOf(running);
      running.clear();
      finished.clear();
      return all;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until nothing runs; false when {@code longest} passed before. */
  boolean awaitIdle(Duration longest) throws InterruptedException {
    lock.lock();
    try {
      long left = longest.toNanos();
      while (!running.isEmpty() && left > 0) {
        left = changed.awaitNanos(left);
      }
      return running.isEmpty();
    } finally {
      lock.unlock();
    }
  }
}
