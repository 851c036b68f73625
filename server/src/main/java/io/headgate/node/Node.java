package io.headgate.node;

import io.headgate.artifact.Artifacts;
import io.headgate.db.Clock;
import io.headgate.db.Database;
import io.headgate.db.Listener;
import io.headgate.db.Loop;
import io.headgate.db.Partitions;
import io.headgate.engine.Engine;
import io.headgate.engine.EngineFaults;
import io.headgate.processor.Processors;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running node: claims what it has slots for, runs it, settles it, says that it lives, and does
 * its part of the upkeep. Several nodes share a database without knowing of each other.
 */
public final class Node implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Node.class);

  /**
   * How a node runs.
   *
   * @param name for people; need not be unique
   * @param slots items it runs at once
   * @param lease silence after which others take over what it runs
   * @param scratch where attempts may leave files
   * @param drain how long a stop waits for running items before it hands them back
   */
  public record Settings(String name, int slots, Duration lease, Path scratch, Duration drain) {

    public Settings {
      if (slots < 1 || slots > 100_000) {
        throw new IllegalArgumentException("slots must be 1 to 100000");
      }
      if (lease.compareTo(Duration.ofSeconds(2)) < 0) {
        throw new IllegalArgumentException("lease must be at least 2 seconds");
      }
    }
  }

  /** What a node stands on. */
  public record Ground(
      Database database,
      Clock clock,
      Listener listener,
      Engine engine,
      Partitions partitions,
      Artifacts artifacts) {}

  /**
   * How far a running attempt says it is.
   *
   * @param ratio 0 to 1
   */
  public record Progress(double ratio, String message) {}

  private static final Duration HAND_BACK = Duration.ofSeconds(5);

  private final Ground ground;
  private final Settings settings;
  private final Slots slots;
  private final Membership membership;
  private final ExchangeLoop exchange;
  private final Upkeep upkeep;
  private final Loop exchangeLoop;
  private final Loop startLoop;
  private final Loop watchLoop;
  private final Loop upkeepLoop;
  private final Loop beatLoop;
  private final Listener.Subscription hearing;

  private Node(Ground ground, Processors processors, Settings settings) {
    this.ground = ground;
    this.settings = settings;
    this.slots = new Slots(settings.slots());
    Engine engine = ground.engine();
    this.membership = new Membership(engine, settings.name(), settings.slots(), processors::ready);
    Starter starter =
        new Starter(
            new WorkStore(ground.database()),
            processors,
            slots,
            ground.clock(),
            new Files(new Scratch(settings.scratch()), ground.artifacts()));
    this.exchange = new ExchangeLoop(engine, slots, processors, ground.clock(), membership);
    Watch watch = new Watch(engine, slots, ground.clock());
    this.upkeep =
        new Upkeep(
            ground.database(),
            engine,
            ground.clock(),
            ground.partitions(),
            new ProgressNotes(ground.database(), slots));
    this.exchangeLoop = new Loop("headgate-exchange", Duration.ZERO, exchange::runOnce);
    this.startLoop = new Loop("headgate-start", Duration.ZERO, starter::runOnce);
    this.watchLoop = new Loop("headgate-watch", Watch.TICK, watch::runOnce);
    this.upkeepLoop = new Loop("headgate-upkeep", Upkeep.TICK, upkeep::runOnce);
    this.beatLoop = new Loop("headgate-beat", settings.lease().dividedBy(5), this::beat);
    this.hearing = ground.listener().hear(watch::hear);
  }

  /** Joins the cluster and starts claiming. */
  public static Node start(Ground ground, Processors processors, Settings settings) {
    ground.partitions().ensure(ground.clock().instant());
    Node node = new Node(ground, processors, settings);
    node.exchangeLoop.start();
    node.startLoop.start();
    node.watchLoop.start();
    node.upkeepLoop.start();
    node.beatLoop.start();
    return node;
  }

  /** This node's id, as the cluster knows it now. */
  public long id() {
    return membership.node();
  }

  /** How far an item says it is; empty when it does not run here or has not said anything. */
  public Optional<Progress> progress(UUID batch, int ordinal) {
    return slots.running().stream()
        .filter(attempt -> attempt.work.batch().id().equals(batch))
        .filter(attempt -> attempt.work.claim().ordinal() == ordinal)
        .findAny()
        .map(RunningAttempt::latestProgress);
  }

  /** Work of other rooms to be done now and then, and safe to be done by every node. */
  public void chore(Runnable chore) {
    upkeep.chore(chore);
  }

  /** Shows slots and settled items among these metrics. */
  public void measure(MeterRegistry metrics) {
    metrics.gauge("headgate.slots", this, Node::slots);
    metrics.gauge("headgate.slots.busy", this, Node::busy);
    FunctionCounter.builder("headgate.items.settled", exchange, ExchangeLoop::settled)
        .description("attempts this node has settled")
        .register(metrics);
    EngineFaults faults = ground.engine().faults();
    FunctionCounter.builder("headgate.results.refused", faults, EngineFaults::refusedResults)
        .description("results that the database could not store; their items have failed")
        .register(metrics);
    FunctionCounter.builder("headgate.batches.failed", faults, EngineFaults::failedBatches)
        .description("steps of single batches that failed while other batches went on")
        .register(metrics);
  }

  /** Items running here now. */
  public int busy() {
    return slots.running().size();
  }

  public int slots() {
    return slots.total();
  }

  private boolean beat() {
    if (!membership.beat()) {
      slots.work();
    }
    return false;
  }

  /**
   * Stops in good order: claims nothing more, lets running items finish for the drain time,
   * interrupts the rest and hands it back without counting the attempt, and leaves.
   */
  @Override
  public void close() {
    exchange.stopClaiming();
    boolean idle = awaitIdle(settings.drain());
    // From here on nothing new begins, and nothing is settled but once, at the end.
    exchangeLoop.close();
    startLoop.close();
    if (!idle) {
      handBackRunning();
    }
    settleLast();
    hearing.close();
    watchLoop.close();
    upkeepLoop.close();
    ground.engine().leave(membership.node());
    beatLoop.close();
  }

  private void handBackRunning() {
    log.info("handing back {} running items", slots.running().size());
    for (RunningAttempt attempt : slots.running()) {
      attempt.stop(RunningAttempt.StopReason.SHUTDOWN, ground.clock().instant().plus(HAND_BACK));
    }
    awaitIdle(HAND_BACK.plusSeconds(1));
  }

  /** False when something still runs after {@code longest}, or the wait was cut short. */
  private boolean awaitIdle(Duration longest) {
    try {
      return slots.awaitIdle(longest);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void settleLast() {
    try {
      exchange.settleRest();
    } catch (RuntimeException e) {
      log.warn("the last items were not settled; they will be rescued", e);
    }
  }
}
