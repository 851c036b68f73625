package io.headgate.simulate;

import io.headgate.batch.Caller;
import io.headgate.credit.Accounts;
import io.headgate.credit.Accounts.NewAccount;
import io.headgate.db.Database;
import io.headgate.db.Partitions;
import io.headgate.engine.Engine;
import io.headgate.webhook.EventFanOut;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The state of one seed: the engine, the simulated clock, the random numbers and the actors. */
final class World {

  static final Duration LEASE = Duration.ofSeconds(15);

  /**
   * In the past, so that ids that the engine creates sort after those of the simulation, whenever
   * it runs. The order of ids decides which batch is served next.
   */
  private static final Instant START = Instant.parse("2020-01-01T12:00:00Z");

  final Database database;
  final Partitions partitions;
  final Engine engine;
  final List<Caller> accounts = new ArrayList<>();
  final List<BatchHandle> batches = new ArrayList<>();
  final List<NodeActor> nodes = new ArrayList<>();
  final List<DeliveryActor> deliverers =
      List.of(new DeliveryActor("deliverer 1"), new DeliveryActor("deliverer 2"));
  final DeliveryActor.ReceivedEvents receivedEvents = new DeliveryActor.ReceivedEvents();

  /** Ids of webhooks in the order of their creation. */
  final List<UUID> subscriptions = new ArrayList<>();

  /** Batches that this step retried. */
  final Set<UUID> retried = new HashSet<>();

  private final SplittableRandom random;
  private final StepRandom stepRandom = new StepRandom();
  private final EventFanOut fanOut;
  private Instant now = START;
  private int batchCount;
  private StateSnapshot snapshot;

  World(Database database, long seed) {
    this.database = database;
    this.random = new SplittableRandom(seed);
    this.partitions = new Partitions(database, Partitions.DEFAULT_INTERVAL);
    this.engine = new Engine(database, this::now, LEASE, stepRandom);
    this.fanOut = new EventFanOut(database);
    partitions.ensure(io.headgate.batch.Ids.next());
    accounts.add(account(new NewAccount("open", null, null, null)));
    accounts.add(account(new NewAccount("thrifty", 150L, 4, 5)));
    nodes.add(NodeActor.server("north", this));
    nodes.add(NodeActor.server("south", this));
    nodes.add(NodeActor.server("slow", this));
    nodes.add(NodeActor.worker("remote", accounts.getFirst(), this));
    this.snapshot = readSnapshot();
  }

  private Caller account(NewAccount newAccount) {
    Accounts all = new Accounts(database, this::now);
    UUID id = database.inTransaction(tx -> all.createIfNameIsFree(tx, newAccount)).orElseThrow();
    return new Caller(id, newAccount.name(), "simulation");
  }

  Instant now() {
    return now;
  }

  void advance(Duration time) {
    now = now.plus(time);
  }

  /** A random number from 0, below {@code bound}. */
  int randomBelow(int bound) {
    return random.nextInt(bound);
  }

  boolean oneIn(int bound) {
    return random.nextInt(bound) == 0;
  }

  <T> T pick(List<T> candidates) {
    return candidates.get(random.nextInt(candidates.size()));
  }

  void beginStep() {
    retried.clear();
    stepRandom.set(random.nextLong());
    advance(Duration.ofMillis(random.nextInt(500)));
  }

  /** The rows as they were before this step. */
  StateSnapshot snapshot() {
    return snapshot;
  }

  /** Distributes what the step appended to the webhooks that listen. */
  void distributeEvents() {
    boolean more = true;
    while (more) {
      more = fanOut.runOnce();
    }
  }

  /**
   * Reads the rows and checks every law.
   *
   * @throws LawViolation for the first violation
   */
  void checkLaws() {
    StateSnapshot before = snapshot;
    snapshot = readSnapshot();
    batches.removeIf(batch -> snapshot.find(batch.id()) == null);
    Law.firstViolation(before, snapshot, this::name)
        .ifPresent(violation -> {
          throw violation;
        });
  }

  StateSnapshot readSnapshot() {
    return database.read(tx -> SnapshotReader.read(tx, now, retried));
  }

  /** A random batch that matches, or any batch when none does. */
  BatchHandle batch(Predicate<BatchSnapshot> kind) {
    List<BatchHandle> matching =
        batches.stream().filter(batch -> kind.test(before(batch))).toList();
    return pick(matching.isEmpty() ? batches : matching);
  }

  /** The batch as it was before this step. */
  BatchSnapshot before(BatchHandle batch) {
    BatchSnapshot found = snapshot.find(batch.id());
    if (found == null) {
      throw new LawViolation(
          "a batch exists until it is dropped", batch.name() + " does not exist");
    }
    return found;
  }

  BatchHandle register(UUID id, Caller owner, int total) {
    BatchHandle batch = new BatchHandle(++batchCount, id, owner, total);
    batches.add(batch);
    return batch;
  }

  /** The id of the next batch at the current time. */
  UUID nextId() {
    return new UUID(now.toEpochMilli() << 16 | 0x7000, 0x8000_0000_0000_0000L | (batchCount + 1));
  }

  /** Creates the id of a new webhook. */
  UUID nextSubscription() {
    UUID id = new UUID(0x7000, 0x8000_0000_0000_0000L | (subscriptions.size() + 1));
    subscriptions.add(id);
    return id;
  }

  String subscriptionName(UUID subscription) {
    return "W" + (subscriptions.indexOf(subscription) + 1);
  }

  String name(UUID batch) {
    return batches.stream()
        .filter(handle -> handle.id().equals(batch))
        .map(BatchHandle::name)
        .findFirst()
        .orElse("an unknown batch");
  }

  @Nullable BatchHandle find(UUID batch) {
    return batches.stream().filter(handle -> handle.id().equals(batch)).findFirst().orElse(null);
  }
}
