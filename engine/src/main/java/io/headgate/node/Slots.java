package io.headgate.node;

import io.headgate.engine.AttemptReport;
import io.headgate.engine.ExchangeResult;
import io.headgate.engine.StartedAttempt;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The slots of this node: items that are claimed and not started, items that run, and results that
 * wait for the next exchange. An item occupies a slot from its claim to its end.
 *
 * <p>Thread-safe. The lock is held for operations in memory only.
 */
final class Slots implements AttemptListener {

  private final int total;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Condition claimedMore = lock.newCondition();
  private final Deque<ClaimBatch> claimed = new ArrayDeque<>();
  private int starting;
  private final Set<RunningAttempt> running = new LinkedHashSet<>();
  private final List<AttemptReport> finished = new ArrayList<>();
  private boolean workAvailable = true;
  private boolean reconcileNeeded;

  /** The claims of one exchange, and their number by processor. */
  private record ClaimBatch(List<StartedAttempt> claims, Map<String, Integer> byProcessor) {}

  Slots(int total) {
    this.total = total;
  }

  int total() {
    return total;
  }

  /** Adds the claims of an exchange, to be started. */
  void claimed(ExchangeResult exchanged) {
    List<StartedAttempt> claims = exchanged.claims();
    lock.lock();
    try {
      if (!claims.isEmpty()) {
        claimed.add(new ClaimBatch(claims, exchanged.byProcessor()));
        starting += claims.size();
        claimedMore.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits for claims to start and returns those of one exchange; none after {@code longest}. */
  List<StartedAttempt> awaitClaimed(Duration longest) throws InterruptedException {
    lock.lock();
    try {
      long left = longest.toNanos();
      while (claimed.isEmpty() && left > 0) {
        left = claimedMore.awaitNanos(left);
      }
      return claimed.isEmpty() ? List.of() : claimed.getFirst().claims();
    } finally {
      lock.unlock();
    }
  }

  /** Marks claims as running; false when they were abandoned meanwhile. */
  boolean started(List<StartedAttempt> claims, Collection<RunningAttempt> attempts) {
    lock.lock();
    try {
      boolean removed = removeClaims(claims);
      if (removed) {
        running.addAll(attempts);
      }
      return removed;
    } finally {
      lock.unlock();
    }
  }

  /** Drops claims that could not be started; the next exchange hands them back. */
  void notStarted(List<StartedAttempt> claims) {
    lock.lock();
    try {
      removeClaims(claims);
      reconcileNeeded();
    } finally {
      lock.unlock();
    }
  }

  private boolean removeClaims(List<StartedAttempt> claims) {
    boolean removed = claimed.removeIf(queued -> isSame(queued.claims(), claims));
    starting -= removed ? claims.size() : 0;
    return removed;
  }

  /** The first claim identifies an exchange by its token. */
  private static boolean isSame(List<StartedAttempt> one, List<StartedAttempt> other) {
    return one.getFirst().equals(other.getFirst());
  }

  /** The database may hold claims of this node that are missing here. */
  void reconcileNeeded() {
    lock.lock();
    try {
      reconcileNeeded = true;
      workAvailable();
    } finally {
      lock.unlock();
    }
  }

  /** Whether {@link #reconcileNeeded} was called since the last call of this method. */
  boolean takeReconcileNeeded() {
    lock.lock();
    try {
      boolean was = reconcileNeeded;
      reconcileNeeded = false;
      return was;
    } finally {
      lock.unlock();
    }
  }

  /** Frees the slot of an attempt; its settlement waits for the next exchange. */
  @Override
  public void finished(RunningAttempt attempt, AttemptReport settlement) {
    lock.lock();
    try {
      if (running.contains(attempt)) {
        finished.add(settlement); // first: it may fail for want of memory
        running.remove(attempt);
        if (finished.size() == 1 || !worthWaiting()) {
          changed.signalAll();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Frees the slot of an attempt; the next exchange hands its claim back. */
  @Override
  public void lost(RunningAttempt attempt) {
    lock.lock();
    try {
      if (running.remove(attempt)) {
        reconcileNeeded();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Wakes the exchange: there may be items to claim. */
  void workAvailable() {
    lock.lock();
    try {
      workAvailable = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The input of one exchange.
   *
   * @param workAvailable items may have become claimable since the last exchange
   */
  record ExchangeInput(List<AttemptReport> finished, int free, boolean workAvailable) {}

  /**
   * Waits until there is something to exchange, at most {@code longest}; then up to {@code linger}
   * for more items to finish, so that one exchange settles many.
   */
  ExchangeInput takeTurn(Duration longest, Duration linger) throws InterruptedException {
    lock.lock();
    try {
      long left = longest.toNanos();
      while (finished.isEmpty() && !(workAvailable && free() > 0) && left > 0) {
        left = changed.awaitNanos(left);
      }
      long lingering = linger.toNanos();
      while (!finished.isEmpty() && worthWaiting() && lingering > 0) {
        lingering = changed.awaitNanos(lingering);
      }
      ExchangeInput input = new ExchangeInput(List.copyOf(finished), free(), workAvailable);
      workAvailable = false;
      finished.clear();
      return input;
    } finally {
      lock.unlock();
    }
  }

  /** While most slots are busy, a few results are not worth a transaction of their own. */
  private boolean worthWaiting() {
    return running.size() + starting > 0 && finished.size() < total / 2;
  }

  private int free() {
    return total - running.size() - starting;
  }

  /** The number of items of a processor that occupy a slot. */
  int occupied(String processor) {
    lock.lock();
    try {
      long held =
          running.stream().filter(a -> a.work.batch().processor().equals(processor)).count();
      for (ClaimBatch queued : claimed) {
        held += queued.byProcessor().getOrDefault(processor, 0);
      }
      return (int) held;
    } finally {
      lock.unlock();
    }
  }

  /** Puts back results that an exchange could not settle. */
  void putBack(List<AttemptReport> settlements) {
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

  /** The claims that this node holds: to be started, running, or waiting to be settled. */
  Set<Long> tokens() {
    lock.lock();
    try {
      Set<Long> tokens = new LinkedHashSet<>();
      claimed.forEach(queued -> queued.claims().forEach(claim -> tokens.add(claim.token())));
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

  /** Drops everything, because other nodes have taken over; returns what ran. */
  List<RunningAttempt> abandonAll() {
    lock.lock();
    try {
      List<RunningAttempt> all = List.copyOf(running);
      running.clear();
      finished.clear();
      claimed.clear();
      starting = 0;
      return all;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until no item runs or is about to start; false after {@code longest}. */
  boolean awaitIdle(Duration longest) throws InterruptedException {
    lock.lock();
    try {
      long left = longest.toNanos();
      while (running.size() + starting > 0 && left > 0) {
        left = changed.awaitNanos(left);
      }
      return running.size() + starting == 0;
    } finally {
      lock.unlock();
    }
  }
}
