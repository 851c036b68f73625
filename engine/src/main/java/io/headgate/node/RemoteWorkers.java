package io.headgate.node;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.headgate.db.ClusterDatabase;
import io.headgate.db.NotificationListener;
import io.headgate.db.Signal;
import io.headgate.engine.Engine;
import io.headgate.node.RemoteWorker.WorkerExchangeResult;
import io.headgate.node.WorkerRequest.WorkerAttemptEnd;
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
  private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

  /** Most workers in memory. One that is removed only loses its turn among the batches. */
  private static final int MOST_WORKERS = 10_000;

  private record WorkerId(UUID account, String name) {}

  private final ClusterDatabase cluster;
  private final Engine engine;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Cache<WorkerId, RemoteWorker> workers =
      Caffeine.newBuilder().maximumSize(MOST_WORKERS).build();
  private final NotificationListener.Subscription subscription;
  private long signalCount;
  private boolean closing;

  public RemoteWorkers(ClusterDatabase cluster, Engine engine) {
    this.cluster = cluster;
    this.engine = engine;
    this.subscription = cluster.listener().subscribe(this::onSignal);
  }

  /**
   * Settles and claims as {@code order} asks. While there is nothing to return, it waits for as
   * long as the order allows. Returned items count as running: when the response is lost, they fail
   * at their deadlines.
   */
  public WorkerResponse exchange(UUID account, WorkerRequest order) throws InterruptedException {
    RemoteWorker worker = worker(new WorkerId(account, order.worker()));
    long end = System.nanoTime() + order.maxWait().toNanos();
    List<WorkerAttemptEnd> ended = order.ended();
    while (true) {
      long signalsBefore = signalCount();
      WorkerExchangeResult exchanged = worker.heartbeatAndExchange(order, ended);
      long left = end - System.nanoTime();
      if (exchanged.worthReturning() || left <= 0 || !awaitSignal(signalsBefore, left)) {
        return exchanged.response();
      }
      ended = List.of();
    }
  }

  /** The progress of an item, if its worker reported it to this server. */
  public Optional<Node.ItemProgress> progress(UUID batch, int ordinal) {
    return workers.asMap().values().stream()
        .flatMap(worker -> worker.progress(batch, ordinal).stream())
        .findAny();
  }

  private RemoteWorker worker(WorkerId id) {
    return workers.get(id, unknown -> new RemoteWorker(cluster, engine, unknown.account()));
  }

  private void onSignal(Signal signal) {
    switch (signal) {
      case Signal.WorkAvailable() -> wake();
      case Signal.InterruptRequested ignored -> wake();
      case Signal.BatchChanged ignored -> {}
      case Signal.DeliveryDue() -> {}
    }
  }

  private void wake() {
    lock.lock();
    try {
      signalCount++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private long signalCount() {
    lock.lock();
    try {
      return signalCount;
    } finally {
      lock.unlock();
    }
  }

  /** False when the server is closing. */
  private boolean awaitSignal(long signalsBefore, long longest) throws InterruptedException {
    lock.lock();
    try {
      long left = Math.min(longest, POLL_INTERVAL.toNanos());
      while (signalCount == signalsBefore && !closing && left > 0) {
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
    subscription.close();
    lock.lock();
    try {
      closing = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
