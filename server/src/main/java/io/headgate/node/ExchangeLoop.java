package io.headgate.node;

import io.headgate.engine.Demand;
import io.headgate.engine.Engine;
import io.headgate.engine.Exchanged;
import io.headgate.engine.Exchanger;
import io.headgate.engine.NodeStopped;
import io.headgate.processor.Processors;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's heart: exchange, hand over what it got to be started, gather what finished, exchange
 * again.
 */
final class ExchangeLoop {

  private static final Logger log = LoggerFactory.getLogger(ExchangeLoop.class);

  /** The safety net under lost notifications, and how exactly waiting times end. */
  private static final Duration LONGEST_WAIT = Duration.ofMillis(250);

  private static final Duration LINGER = Duration.ofMillis(2);

  /** How long an exchange under full load goes by what the last look for work has found. */
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  private final Engine engine;
  private final Slots slots;
  private final Processors processors;
  private final InstantSource clock;
  private final Membership membership;
  private final NodeHealth health;
  private Exchanger exchanger;
  private Instant lookAgainAt = Instant.EPOCH;
  private List<String> lookedFor = List.of();
  private volatile boolean claiming = true;
  private final AtomicLong settled = new AtomicLong();

  ExchangeLoop(
      Engine engine,
      Slots slots,
      Processors processors,
      InstantSource clock,
      Membership membership,
      NodeHealth health) {
    this.engine = engine;
    this.slots = slots;
    this.processors = processors;
    this.clock = clock;
    this.membership = membership;
    this.health = health;
    this.exchanger = engine.exchanger(membership.node());
  }

  long settled() {
    return settled.get();
  }

  /** Nothing more is claimed; what runs is settled. */
  void stopClaiming() {
    claiming = false;
  }

  boolean runOnce() throws InterruptedException {
    Slots.Turn turn = slots.await(LONGEST_WAIT, LINGER);
    try {
      if (membership.lost()) {
        joinAnew();
      } else {
        handBackUnseen(turn);
        exchange(turn);
      }
    } catch (NodeStopped e) {
      joinAnew();
    } catch (RuntimeException | AssertionError e) {
      // It may have committed all the same: then its claims are handed back before the next one.
      slots.unsettled(turn.finished());
      slots.unsure();
      throw e;
    }
    return true;
  }

  /** One last exchange, when the loop has ended. */
  void settleRest() {
    try {
      exchange(slots.await(Duration.ZERO, Duration.ZERO));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void exchange(Slots.Turn turn) {
    Demand demand = demand(turn.free());
    if (demand.slots() == 0 && turn.finished().isEmpty()) {
      return;
    }
    Exchanged exchanged = exchanger.exchange(turn.finished(), demand, look(turn, demand));
    settled.addAndGet(turn.finished().size() - exchanged.refused().size());
    if (!exchanged.refused().isEmpty()) {
      log.info("{} late results were refused: their claims are gone", exchanged.refused().size());
    }
    if (exchanged.hungry()) {
      slots.work();
    }
    slots.claimed(exchanged);
  }

  /** What could not run at the last look, for want of places, was not looked for. */
  private boolean look(Slots.Turn turn, Demand demand) {
    Instant now = clock.instant();
    boolean others = !lookedFor.containsAll(demand.processors());
    boolean look = turn.work() || others || !now.isBefore(lookAgainAt);
    if (look) {
      lookedFor = demand.processors();
      lookAgainAt = now.plus(LOOK_AGAIN);
    }
    return look;
  }

  private Demand demand(int free) {
    return claiming && !health.failed() && free > 0
        ? new Demand(free, processors.ready(), places(), null)
        : Demand.NOTHING;
  }

  private Map<String, Integer> places() {
    Map<String, Integer> places = new HashMap<>();
    processors
        .places()
        .forEach((name, most) -> places.put(name, Math.max(0, most - slots.held(name))));
    return places;
  }

  private void handBackUnseen(Slots.Turn turn) {
    if (!slots.takeUnsure()) {
      return;
    }
    List<Long> known = new ArrayList<>(slots.tokens());
    turn.finished().forEach(settlement -> known.add(settlement.token()));
    int items = engine.handBackUnknown(membership.node(), known);
    if (items > 0) {
      log.info("handed back {} items of an exchange whose answer was lost", items);
    }
  }

  /** Others have what this node ran. It stops all of that and starts over under a new id. */
  private void joinAnew() {
    log.warn("node {} was declared dead; joining anew", membership.node());
    Instant now = clock.instant();
    slots.abandonAll().forEach(attempt -> attempt.stop(RunningAttempt.StopReason.SHUTDOWN, now));
    exchanger = engine.exchanger(membership.joinAnew());
    slots.work();
  }
}
