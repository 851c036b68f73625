package io.headgate.node;

import io.headgate.artifact.Artifacts;
import io.headgate.db.ClusterClock;
import io.headgate.db.ClusterDatabase;
import io.headgate.db.Loop;
import io.headgate.db.NotificationListener;
import io.headgate.engine.Engine;
import io.headgate.engine.EngineFaults;
import io.headgate.processor.Processors;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running node: claims items for its free slots, runs them, settles them, sends heartbeats, and
 * does maintenance. Any number of nodes share one database; they coordinate through it alone.
 *
 * <p>Thread-safe.
 */
public final class Node implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Node.class);

  /**
   * Settings of a node.
   *
   * @param name for people; need not be unique
   * @param slots items it runs at once, 1 to 100,000
   * @param lease time without a heartbeat after which other nodes take over its items
   * @param scratch folder for temporary files of attempts
   * @param drain how long a stop waits for running items before it hands them back
   * @param reaction called once when the node cannot continue
   */
  public record NodeOptions(
      String name,
      int slots,
      Duration lease,
      Path scratch,
      Duration drain,
      FailureReaction reaction) {

    public NodeOptions {
      if (slots < 1 || slots > 100_000) {
        throw new IllegalArgumentException("slots must be between 1 and 100,000; got " + slots);
      }
      if (lease.compareTo(Duration.ofSeconds(2)) < 0) {
        throw new IllegalArgumentException("the lease must be at least 2 seconds; got " + lease);
      }
    }
  }

  /**
   * The progress that a running attempt has reported.
   *
   * @param ratio 0 to 1
   */
  public record ItemProgress(double ratio, String message) {}

  private static final Duration HAND_BACK = Duration.ofSeconds(5);
  private static final int HEARTBEATS_PER_LEASE = 5;

  /** Dropping the partitions of a large table may take minutes. */
  private static final Duration MAINTENANCE_OVERDUE = Duration.ofMinutes(10);

  private final Engine engine;
  private final ClusterClock clock;
  private final NodeOptions settings;
  private final Slots slots;
  private final ClusterMembership membership;
  private final ExchangeLoop exchange;
  private final Maintenance maintenance;
  private final Loop exchangeLoop;
  private final Loop startLoop;
  private final Loop supervisorLoop;
  private final Loop maintenanceLoop;
  private final Loop heartbeatLoop;
  private final Loop heapLoop;
  private final NodeHealth health;
  private final AttemptStarter starter;
  private final NotificationListener.Subscription subscription;

  private Node(
      ClusterDatabase cluster,
      Engine engine,
      Artifacts artifacts,
      Processors processors,
      NodeOptions settings) {
    this.engine = engine;
    this.clock = cluster.clock();
    this.health = new NodeHealth(settings.reaction());
    this.settings = settings;
    this.slots = new Slots(settings.slots());
    this.membership =
        new ClusterMembership(engine, settings.name(), settings.slots(), processors::ready);
    AttemptFiles files = new AttemptFiles(new ScratchFolders(settings.scratch()), artifacts);
    LoadedItemStore items = new LoadedItemStore(cluster.database());
    this.starter = new AttemptStarter(items, processors, slots, clock, files);
    this.exchange = new ExchangeLoop(engine, slots, processors, clock, membership, health);
    AttemptSupervisor supervisor = new AttemptSupervisor(engine, slots, clock);
    ProgressWriter progress = new ProgressWriter(cluster.database(), slots);
    this.maintenance = new Maintenance(clock, NodeTasks.of(cluster, engine, progress));
    Heartbeat heartbeat = new Heartbeat(membership, slots, health);
    HeapMonitor heap = new HeapMonitor(new HeapMonitor.ProcessHeap(), health);
    this.exchangeLoop = new Loop("headgate-exchange", Duration.ZERO, exchange::runOnce);
    this.startLoop = new Loop("headgate-start", Duration.ZERO, starter::runOnce);
    this.supervisorLoop = new Loop("headgate-watch", AttemptSupervisor.TICK, supervisor::runOnce);
    this.maintenanceLoop =
        new Loop(
            "headgate-maintenance", Maintenance.TICK, MAINTENANCE_OVERDUE, maintenance::runOnce);
    this.heartbeatLoop =
        new Loop(
            "headgate-beat",
            settings.lease().dividedBy(HEARTBEATS_PER_LEASE),
            settings.lease(),
            heartbeat::runOnce);
    this.heapLoop = new Loop("headgate-heap", HeapMonitor.TICK, heap::runOnce);
    this.subscription = cluster.listener().subscribe(supervisor::onSignal);
  }

  /** Joins the cluster and starts claiming. */
  public static Node start(
      ClusterDatabase cluster,
      Engine engine,
      Artifacts artifacts,
      Processors processors,
      NodeOptions settings) {
    cluster.partitions().ensure(cluster.clock().instant());
    Node node = new Node(cluster, engine, artifacts, processors, settings);
    for (Loop loop : node.loops()) {
      node.health.watch(loop);
      loop.start();
    }
    return node;
  }

  private List<Loop> loops() {
    return List.of(
        exchangeLoop, startLoop, supervisorLoop, maintenanceLoop, heartbeatLoop, heapLoop);
  }

  /** The health of this node; parts of the server add their own loops to it. */
  public NodeHealth health() {
    return health;
  }

  /** This node's current id in the cluster. */
  public long id() {
    return membership.node();
  }

  /** The progress of an item; empty when it does not run here or has not reported any. */
  public Optional<ItemProgress> progress(UUID batch, int ordinal) {
    return slots.running().stream()
        .filter(attempt -> attempt.work.batch().id().equals(batch))
        .filter(attempt -> attempt.work.claim().ordinal() == ordinal)
        .findAny()
        .map(RunningAttempt::latestProgress);
  }

  /** Adds a maintenance task of another part of the server; before {@link #measure}. */
  public void addTask(MaintenanceTask task) {
    maintenance.add(task);
  }

  /** Registers slots, settled items, failed attempts and maintenance tasks. */
  public void measure(MeterRegistry metrics) {
    metrics.gauge("headgate.slots", this, Node::slots);
    metrics.gauge("headgate.slots.busy", this, Node::busy);
    FunctionCounter.builder("headgate.items.settled", exchange, ExchangeLoop::settled)
        .description("attempts this node has settled")
        .register(metrics);
    FunctionCounter.builder("headgate.attempts.failed", starter, AttemptStarter::failedAttempts)
        .description("attempts that ended with an exception or error of their processor")
        .register(metrics);
    maintenance.measure(metrics);
    EngineFaults faults = engine.faults();
    FunctionCounter.builder("headgate.results.refused", faults, EngineFaults::refusedResults)
        .description("results that the database could not store; their items have failed")
        .register(metrics);
    FunctionCounter.builder("headgate.batches.failed", faults, EngineFaults::failedBatches)
        .description("steps of single batches that failed while other batches went on")
        .register(metrics);
  }

  /** The number of items that run here now. */
  public int busy() {
    return slots.running().size();
  }

  public int slots() {
    return slots.total();
  }

  /**
   * Stops: claims nothing more, lets running items finish for the drain time, interrupts the others
   * and hands them back without counting the attempt, and leaves the cluster. A node that has
   * failed only stops its loops and attempts.
   */
  @Override
  public void close() {
    exchange.stopClaiming();
    if (health.failed()) {
      abandon();
      return;
    }
    boolean idle = awaitIdle(settings.drain());
    // From here on nothing starts, and one last exchange settles everything.
    exchangeLoop.close();
    startLoop.close();
    if (!idle) {
      handBackRunning();
    }
    settleLast();
    subscription.close();
    supervisorLoop.close();
    maintenanceLoop.close();
    heapLoop.close();
    engine.leave(membership.node());
    heartbeatLoop.close();
  }

  /** Stops without handing back: other nodes rescue what runs here within the lease. */
  private void abandon() {
    subscription.close();
    loops().forEach(Loop::close);
    Instant now = clock.instant();
    slots.abandonAll().forEach(attempt -> attempt.stop(RunningAttempt.StopReason.SHUTDOWN, now));
  }

  private void handBackRunning() {
    log.info("handing back {} running items", slots.running().size());
    for (RunningAttempt attempt : slots.running()) {
      attempt.stop(RunningAttempt.StopReason.SHUTDOWN, clock.instant().plus(HAND_BACK));
    }
    awaitIdle(HAND_BACK.plusSeconds(1));
  }

  /** False when items still run after {@code longest}, or the wait was interrupted. */
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
      exchange.settleRemaining();
    } catch (RuntimeException e) {
      log.warn("the last items were not settled; other nodes will rescue them", e);
    }
  }
}
