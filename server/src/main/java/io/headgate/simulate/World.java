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
  private static final Instant BEGIN = Instant.parse("2020-01-01T12:00:00Z");

  final Database database;
  final Partitions partitions;
  final Engine engine;
  final List<Caller> accounts = new ArrayList<>();
  final List<Known> batches = new ArrayList<>();
  final List<Player> players = new ArrayList<>();
  final List<Courier> couriers = List.of(new Courier("deliverer 1"), new Courier("deliverer 2"));
  final Courier.Mail mail = new Courier.Mail();

  /** Ids of webhooks in the order of their creation. */
  final List<UUID> ears = new ArrayList<>();

  /** Batches that this step retried. */
  final Set<UUID> retried = new HashSet<>();

  private final SplittableRandom dice;
  private final Jitter jitter = new Jitter();
  private final EventFanOut fanOut;
  private Instant now = BEGIN;
  private int made;
  private Moment moment;

  World(Database database, long seed) {
    this.database = database;
    this.dice = new SplittableRandom(seed);
    this.partitions = new Partitions(database, Partitions.DEFAULT_INTERVAL);
    this.engine = new Engine(database, this::now, LEASE, jitter);
    this.fanOut = new EventFanOut(database);
    partitions.ensure(io.headgate.batch.Ids.next());
    accounts.add(account(new NewAccount("open", null, null, null)));
    accounts.add(account(new NewAccount("thrifty", 150L, 4, 5)));
    players.add(Player.server("north", this));
    players.add(Player.server("south", this));
    players.add(Player.server("slow", this));
    players.add(Player.worker("remote", accounts.getFirst(), this));
    this.moment = look();
  }

  private Caller account(NewAccount wanted) {
    Accounts all = new Accounts(database, this::now);
    UUID id = database.inTransaction(tx -> all.createIfNameIsFree(tx, wanted)).orElseThrow();
    return new Caller(id, wanted.name(), "simulation");
  }

  Instant now() {
    return now;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  /** A random number from 0, below {@code bound}. */
  int roll(int bound) {
    return dice.nextInt(bound);
  }

  boolean oneIn(int times) {
    return dice.nextInt(times) == 0;
  }

  <T> T oneOf(List<T> some) {
    return some.get(dice.nextInt(some.size()));
  }

  void begin() {
    retried.clear();
    jitter.set(dice.nextLong());
    pass(Duration.ofMillis(dice.nextInt(500)));
  }

  /** The rows as they were before this step. */
  Moment moment() {
    return moment;
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
   * @throws Broken for the first violation
   */
  void judge() {
    Moment before = moment;
    moment = look();
    batches.removeIf(batch -> moment.find(batch.id()) == null);
    Law.firstBroken(before, moment, this::name)
        .ifPresent(broken -> {
          throw broken;
        });
  }

  Moment look() {
    return database.read(tx -> Look.at(tx, now, retried));
  }

  /** A random batch that matches, or any batch when none does. */
  Known batch(Predicate<Sight> kind) {
    List<Known> some = batches.stream().filter(batch -> kind.test(before(batch))).toList();
    return oneOf(some.isEmpty() ? batches : some);
  }

  /** The batch as it was before this step. */
  Sight before(Known batch) {
    Sight sight = moment.find(batch.id());
    if (sight == null) {
      throw new Broken("a batch exists until it is dropped", batch.name() + " does not exist");
    }
    return sight;
  }

  Known learn(UUID id, Caller owner, int total) {
    Known batch = new Known(++made, id, owner, total);
    batches.add(batch);
    return batch;
  }

  /** The id of the next batch at the current time. */
  UUID nextId() {
    return new UUID(now.toEpochMilli() << 16 | 0x7000, 0x8000_0000_0000_0000L | (made + 1));
  }

  /** Creates the id of a new webhook. */
  UUID nextEar() {
    UUID id = new UUID(0x7000, 0x8000_0000_0000_0000L | (ears.size() + 1));
    ears.add(id);
    return id;
  }

  String earName(UUID ear) {
    return "W" + (ears.indexOf(ear) + 1);
  }

  String name(UUID batch) {
    return batches.stream()
        .filter(known -> known.id().equals(batch))
        .map(Known::name)
        .findFirst()
        .orElse("an unknown batch");
  }

  @Nullable Known find(UUID batch) {
    return batches.stream().filter(known -> known.id().equals(batch)).findFirst().orElse(null);
  }
}
