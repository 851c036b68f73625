package io.headgate.api.batch;

import io.headgate.db.Listener;
import io.headgate.db.Signal;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * Wakes the responses that stream a batch when the batch changes, on this node or another. A lost
 * notification only delays a response, because each also polls.
 */
public final class Bell implements AutoCloseable {

  private final BooleanSupplier open;
  private final Duration lookAnyway;
  private final Set<Pace> waiting = ConcurrentHashMap.newKeySet();
  private final Listener.Subscription hearing;

  /**
   * @param open returns false once the server stops; streaming responses end then
   */
  public Bell(Listener listener, BooleanSupplier open) {
    this(listener, open, Pace.MOMENT);
  }

  /**
   * @param lookAnyway the poll interval of responses that receive no notification
   */
  Bell(Listener listener, BooleanSupplier open, Duration lookAnyway) {
    this.open = open;
    this.lookAnyway = lookAnyway;
    this.hearing = listener.hear(this::hear);
  }

  /** Registers one streaming response about this batch. The caller closes the returned pacer. */
  Pace pace(UUID batch) {
    Pace pace = new Pace(batch, open, lookAnyway, waiting::remove);
    waiting.add(pace);
    return pace;
  }

  /**
   * Waits until {@code over} returns true. It is called at once and after each change of the batch.
   *
   * @return false when {@code limit} elapses first
   * @throws InterruptedIOException when the server stops
   */
  public boolean await(UUID batch, Duration limit, BooleanSupplier over)
      throws InterruptedIOException {
    long deadline = System.nanoTime() + limit.toNanos();
    try (Pace pace = pace(batch)) {
      while (!over.getAsBoolean()) {
        if (System.nanoTime() - deadline >= 0) {
          return false;
        }
        pace.rest();
      }
      return true;
    }
  }

  private void hear(Signal signal) {
    switch (signal) {
      case Signal.Changed(UUID batch) ->
          waiting.stream().filter(pace -> pace.batch().equals(batch)).forEach(Pace::ring);
      case Signal.Work() -> {}
      case Signal.Interrupt ignored -> {}
      case Signal.Delivery() -> {}
    }
  }

  @Override
  public void close() {
    hearing.close();
  }
}
