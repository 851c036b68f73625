package io.headgate.api.batch;

import io.headgate.db.NotificationListener;
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
public final class ChangeNotifier implements AutoCloseable {

  private final BooleanSupplier open;
  private final Duration pollInterval;
  private final Set<StreamPacer> pacers = ConcurrentHashMap.newKeySet();
  private final NotificationListener.Subscription subscription;

  /**
   * @param open returns false once the server stops; streaming responses end then
   */
  public ChangeNotifier(NotificationListener listener, BooleanSupplier open) {
    this(listener, open, StreamPacer.PROGRESS_INTERVAL);
  }

  /**
   * @param pollInterval the poll interval of responses that receive no notification
   */
  ChangeNotifier(NotificationListener listener, BooleanSupplier open, Duration pollInterval) {
    this.open = open;
    this.pollInterval = pollInterval;
    this.subscription = listener.subscribe(this::onSignal);
  }

  /** Registers one streaming response about this batch. The caller closes the returned pacer. */
  StreamPacer newPacer(UUID batch) {
    StreamPacer pacer = new StreamPacer(batch, open, pollInterval, pacers::remove);
    pacers.add(pacer);
    return pacer;
  }

  /**
   * Waits until {@code condition} returns true. It is called at once and after each change of the
   * batch.
   *
   * @return false when {@code limit} elapses first
   * @throws InterruptedIOException when the server stops
   */
  public boolean await(UUID batch, Duration limit, BooleanSupplier condition)
      throws InterruptedIOException {
    long deadline = System.nanoTime() + limit.toNanos();
    try (StreamPacer pacer = newPacer(batch)) {
      while (!condition.getAsBoolean()) {
        if (System.nanoTime() - deadline >= 0) {
          return false;
        }
        pacer.awaitChange();
      }
      return true;
    }
  }

  private void onSignal(Signal signal) {
    switch (signal) {
      case Signal.BatchChanged(UUID batch) ->
          pacers.stream().filter(pacer -> pacer.batch().equals(batch)).forEach(StreamPacer::wake);
      case Signal.WorkAvailable() -> {}
      case Signal.InterruptRequested ignored -> {}
      case Signal.DeliveryDue() -> {}
    }
  }

  @Override
  public void close() {
    subscription.close();
  }
}
