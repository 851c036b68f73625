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
final class Watch {

  static final Duration TICK = Duration.ofMillis(50);

  /** How long an attempt may take to stop after its deadline before it is abandoned. */
  private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

  /** Polls for stops of all running batches so often, for lost notifications. */
  private static final Duration LOOK_AT_ALL = Duration.ofMillis(750);

  private final Engine engine;
  private final Slots slots;
  private final InstantSource clock;
  private final Set<UUID> signalled = ConcurrentHashMap.newKeySet();
  private Instant lookedAtAll = Instant.EPOCH;

  Watch(Engine engine, Slots slots, InstantSource clock) {
    this.engine = engine;
    this.slots = slots;
    this.clock = clock;
  }

  void hear(Signal signal) {
    switch (signal) {
      case Signal.Interrupt(UUID batch) -> signalled.add(batch);
      case Signal.Work() -> slots.work();
      case Signal.Changed ignored -> {}
      case Signal.Delivery() -> {}
    }
  }

  boolean runOnce() {
    Instant now = clock.instant();
    slots.running().forEach(attempt -> attempt.watch(now, STOP_WITHIN));
    if (!now.isBefore(lookedAtAll.plus(LOOK_AT_ALL))) {
      signalled.addAll(slots.batches());
      lookedAtAll = now;
    }
    obey();
    return false;
  }

  private void obey() {
    Set<UUID> mine = slots.batches();
    Set<UUID> asked = Set.copyOf(signalled);
    signalled.removeAll(asked);
    mine.retainAll(asked);
    if (mine.isEmpty()) {
      return;
    }
    StopOrders orders = engine.stopOrders(mine);
    for (RunningAttempt attempt : slots.running()) {
      UUID batch = attempt.work.batch().id();
      Instant whole = orders.batches().get(batch);
      Instant single =
          orders.items().get(new StopOrders.Item(batch, attempt.work.claim().ordinal()));
      Instant abandonAt = whole != null ? whole : single;
      if (abandonAt != null) {
        attempt.stop(RunningAttempt.StopReason.CANCEL, abandonAt);
      }
    }
  }
}
