package io.headgate.node;

import io.headgate.db.Signal;
import io.headgate.engine.Engine;
import io.headgate.engine.StopOrders;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Supervises running attempts: interrupts them at their deadlines and when a cancel asks. */
final class AttemptSupervisor {

  static final Duration TICK = Duration.ofMillis(50);

  /** How long an attempt may take to stop after its deadline before it is abandoned. */
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

  /** Polls for stops of all running batches so often, for lost notifications. */
  private static final Duration POLL_INTERVAL = Duration.ofMillis(750);

  private final Engine engine;
  private final Slots slots;
  private final InstantSource clock;
  private final Set<UUID> signalled = ConcurrentHashMap.newKeySet();
  private Instant polledAt = Instant.EPOCH;

  AttemptSupervisor(Engine engine, Slots slots, InstantSource clock) {
    this.engine = engine;
    this.slots = slots;
    this.clock = clock;
  }

  void onSignal(Signal signal) {
    switch (signal) {
      case Signal.InterruptRequested(UUID batch) -> signalled.add(batch);
      case Signal.WorkAvailable() -> slots.workAvailable();
      case Signal.BatchChanged ignored -> {}
      case Signal.DeliveryDue() -> {}
    }
  }

  boolean runOnce() {
    Instant now = clock.instant();
    slots.running().forEach(attempt -> attempt.checkDeadline(now, STOP_TIMEOUT));
    if (!now.isBefore(polledAt.plus(POLL_INTERVAL))) {
      signalled.addAll(slots.batches());
      polledAt = now;
    }
    applyStopOrders();
    return false;
  }

  private void applyStopOrders() {
    Set<UUID> affected = slots.batches();
    Set<UUID> signalledNow = Set.copyOf(signalled);
    signalled.removeAll(signalledNow);
    affected.retainAll(signalledNow);
    if (affected.isEmpty()) {
      return;
    }
    StopOrders orders = engine.stopOrders(affected);
    for (RunningAttempt attempt : slots.running()) {
      UUID batch = attempt.work.batch().id();
      Instant batchStop = orders.batches().get(batch);
      Instant itemStop =
          orders.items().get(new StopOrders.StoppedItem(batch, attempt.work.claim().ordinal()));
      Instant abandonAt = batchStop != null ? batchStop : itemStop;
      if (abandonAt != null) {
        attempt.stop(RunningAttempt.StopReason.CANCEL, abandonAt);
      }
    }
  }
}
