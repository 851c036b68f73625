package io.headgate.db;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends NOTIFY for transactions that have committed, many at once.
 *
 * <p>PostgreSQL lets only one transaction with a NOTIFY commit at a time, over the whole cluster,
 * and blocks the others until its log is on disk: a NOTIFY within the transactions themselves would
 * make submits, cancels and exchanges wait for each other. A signal that is lost because the
 * process crashes after the commit costs time, never correctness, like any lost signal.
 */
final class NotificationSender implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(NotificationSender.class);

  private static final String NOTIFY =
      "select pg_notify('headgate', payload) is null from unnest(:payloads) payload";

  private final Jdbi jdbi;
  private final LinkedBlockingQueue<List<Signal>> committed = new LinkedBlockingQueue<>();
  private final Thread thread;

  NotificationSender(Jdbi jdbi) {
    this.jdbi = jdbi;
    this.thread = Thread.ofPlatform().daemon().name("headgate-notify").start(this::run);
  }

  /** Returns at once. */
  void send(List<Signal> signals) {
    if (!signals.isEmpty()) {
      committed.add(signals);
    }
  }

  private void run() {
    try {
      while (true) {
        notify(new ArrayList<>(List.of(committed.take())));
      }
    } catch (InterruptedException e) {
      // Closed: what has committed before is still sent.
      notify(new ArrayList<>());
    }
  }

  private void notify(List<List<Signal>> taken) {
    committed.drainTo(taken);
    Set<Signal> distinct = new LinkedHashSet<>();
    taken.forEach(distinct::addAll);
    if (!distinct.isEmpty()) {
      execute(distinct);
    }
  }

  private void execute(Collection<Signal> signals) {
    try {
      jdbi.useTransaction(handle -> {
        // It writes no rows, so nothing can be lost.
        handle.execute("set local synchronous_commit = off");
        handle
            .createQuery(NOTIFY)
            .bind(
                "payloads",
                ColumnValues.texts(signals.stream().map(Signal::payload).toArray(String[]::new)))
            .mapTo(Boolean.class)
            .list();
      });
    } catch (RuntimeException | Error e) {
      // A lost signal is harmless; a sender that has ended would let the queue grow.
      log.debug("{} signals were not sent", signals.size(), e);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
