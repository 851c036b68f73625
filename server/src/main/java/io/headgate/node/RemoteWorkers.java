package io.headgate.node;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.headgate.db.Listener;
import io.headgate.db.Signal;
import io.headgate.node.RemoteWorker.Look;
import io.headgate.node.WorkerOrder.Ended;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The exchange for remote workers. Each request of a worker counts as its heartbeat; a worker that
 * sends none for the lease loses what it runs.
 *
 * <p>Thread-safe.
 */
public final class RemoteWorkers implements AutoCloseable {

  /** Polls so often, for lost notifications and for items whose waiting time ends. */
  private static final Duration LOOK_ANYWAY = Duration.ofMillis(500);

  /** Most workers in memory. One that is removed only loses its turn among the batches. */
  private static final int REMEMBERED = 10_000;

  private record Id(UUID account, String name) {}

  private final Node.Ground ground;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Cache<Id, RemoteWorker> workers =
      Caffeine.newBuilder().maximumSize(REMEMBERED).build();
  private final Listener.Subscription hearing;
  private long heard;
  private boolean closing;

  public RemoteWorkers(Node.Ground ground) {
    this.ground = ground;
    this.hearing = ground.listener().hear(this::hear);
  }

  /**
   * Settles and claims as {@code order} asks. While there is nothing to return, it waits for as
   * long as the order allows. Returned items count as running: when the response is lost, they fail
   * at their deadlines.
   */
  public WorkerTurn exchange(UUID account, WorkerOrder order) throws InterruptedException {
    RemoteWorker worker = worker(new Id(account, order.worker()));
    long end = System.nanoTime() + order.patience().toNanos();
    List<Ended> ended = order.ended();
    while (true) {
      long before = heard();
      Look look = worker.look(order, ended);
      long left = end - System.nanoTime();
      if (look.news() || left <= 0 || !awaitNews(before, left)) {
        return look.turn();
      }
      ended = List.of();
    }
  }

  /** The progress of an item, if its worker reported it to this server. */
  public Optional<Node.Progress> progress(UUID batch, int ordinal) {
    return workers.asMap().values().stream()
        .flatMap(worker -> worker.progress(batch, ordinal).stream())
        .findAny();
  }

  private RemoteWorker worker(Id id) {
    return workers.get(id, unknown -> new RemoteWorker(ground, unknown.account()));
  }

  private void hear(Signal signal) {
    switch (signal) {
      case Signal.Work() -> wake();
      case Signal.Interrupt ignored -> wake();
      case Signal.Changed ignored -> {}
      case Signal.Delivery() -> {}
    }
  }

  private void wake() {
    lock.lock();
    try {
      heard++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private long heard() {
    lock.lock();
    try {
      return heard;
    } finally {
      lock.unlock();
    }
  }

  /** False when the server is closing. */
  private boolean awaitNews(long before, long longest) throws InterruptedException {
    lock.lock();
    try {
      long left = Math.min(longest, LOOK_ANYWAY.toNanos());
      while (heard == before && !closing && left > 0) {
        left = changed.awaitNanos(left);
      }
      return !closing;
    } finally {
      lock.unlock();
    }
  }

  /** Ends the waits of all workers. */
  @Override
  public void close() {
    hearing.close();
    lock.lock();
    try {
      closing = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
