package io.headgate.node;

import io.headgate.engine.Demand;
import io.headgate.engine.Engine;
import io.headgate.engine.ExchangeResult;
import io.headgate.engine.Exchanger;
import io.headgate.engine.NodeStoppedException;
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
 * Repeats the exchange of this node: settles what finished, claims items for the free slots, and
 * hands the claims to the {@link AttemptStarter}.
 */
final class ExchangeLoop {

  private static final Logger log = LoggerFactory.getLogger(ExchangeLoop.class);

  /** Polls so often, for lost notifications and for items whose waiting time ends. */
  private static final Duration LONGEST_WAIT = Duration.ofMillis(250);

  private static final Duration LINGER = Duration.ofMillis(2);

  /** Under full load, exchanges use the batches that the last search found for so long. */
  private static final Duration SEARCH_AGAIN_AFTER = Duration.ofMillis(20);

  private final Engine engine;
  private final Slots slots;
  private final Processors processors;
  private final InstantSource clock;
  private final ClusterMembership membership;
  private final NodeHealth health;
  private Exchanger exchanger;
  private Instant searchAgainAt = Instant.EPOCH;
  private List<String> searchedProcessors = List.of();
  private volatile boolean claiming = true;
  private final AtomicLong settled = new AtomicLong();

  ExchangeLoop(
      Engine engine,
      Slots slots,
      Processors processors,
      InstantSource clock,
      ClusterMembership membership,
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

  /** From now on the node claims nothing and only settles. */
  void stopClaiming() {
    claiming = false;
  }

  boolean runOnce() throws InterruptedException {
    Slots.ExchangeInput input = slots.takeTurn(LONGEST_WAIT, LINGER);
    try {
      if (membership.declaredDead()) {
        joinAnew();
      } else {
        handBackUnknown(input);
        exchange(input);
      }
    } catch (NodeStoppedException e) {
      joinAnew();
    } catch (RuntimeException | AssertionError e) {
      // It may have committed nevertheless: the next exchange first hands back unknown claims.
      slots.putBack(input.finished());
      slots.reconcileNeeded();
      throw e;
    }
    return true;
  }

  /** Settles what is left, after the loop has ended. */
  void settleRemaining() {
    try {
      exchange(slots.takeTurn(Duration.ZERO, Duration.ZERO));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void exchange(Slots.ExchangeInput input) {
    Demand demand = demand(input.free());
    if (demand.slots() == 0 && input.finished().isEmpty()) {
      return;
    }
    ExchangeResult exchanged =
        exchanger.exchange(input.finished(), demand, searchDue(input, demand));
    settled.addAndGet(input.finished().size() - exchanged.refused().size());
    if (!exchanged.refused().isEmpty()) {
      log.info(
          "{} late results were refused: their claims no longer exist", exchanged.refused().size());
    }
    if (exchanged.moreAvailable()) {
      slots.workAvailable();
    }
    slots.claimed(exchanged);
  }

  /** Whether to search for batches anew. The last search left out processors at their limit. */
  private boolean searchDue(Slots.ExchangeInput input, Demand demand) {
    Instant now = clock.instant();
    boolean newProcessors = !searchedProcessors.containsAll(demand.processors());
    boolean due = input.workAvailable() || newProcessors || !now.isBefore(searchAgainAt);
    if (due) {
      searchedProcessors = demand.processors();
      searchAgainAt = now.plus(SEARCH_AGAIN_AFTER);
    }
    return due;
  }

  private Demand demand(int free) {
    return claiming && !health.failed() && free > 0
        ? new Demand(free, processors.ready(), remainingCapacity(), null)
        : Demand.NOTHING;
  }

  private Map<String, Integer> remainingCapacity() {
    Map<String, Integer> capacity = new HashMap<>();
    processors
        .concurrencyLimits()
        .forEach((name, limit) -> capacity.put(name, Math.max(0, limit - slots.occupied(name))));
    return capacity;
  }

  private void handBackUnknown(Slots.ExchangeInput input) {
    if (!slots.takeReconcileNeeded()) {
      return;
    }
    List<Long> known = new ArrayList<>(slots.tokens());
    input.finished().forEach(settlement -> known.add(settlement.token()));
    int items = engine.handBackUnknown(membership.node(), known);
    if (items > 0) {
      log.info("handed back {} items of an exchange whose reply was lost", items);
    }
  }

  /** Other nodes run what this node ran. Stops all of it and joins under a new id. */
  private void joinAnew() {
    log.warn("node {} was declared dead; joining anew", membership.node());
    Instant now = clock.instant();
    slots.abandonAll().forEach(attempt -> attempt.stop(RunningAttempt.StopReason.SHUTDOWN, now));
    exchanger = engine.exchanger(membership.joinAnew());
    slots.workAvailable();
  }
}
