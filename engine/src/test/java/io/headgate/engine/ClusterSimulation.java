package io.headgate.engine;

import io.headgate.batch.AttemptResult;
import io.headgate.batch.CancelMode;
import io.headgate.batch.ItemRefs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Runs random operations of the engine, one transaction at a time, drawn from a seed. */
final class ClusterSimulation {

  /** A node and what it believes to be running. */
  private static final class ClusterActor {
    final String name;
    long node;
    Exchanger exchanger;
    final List<StartedAttempt> holds = new ArrayList<>();

    ClusterActor(String name, EngineFixture fixture) {
      this.name = name;
      this.node = fixture.engine.join(name, 100, List.of("noop"));
      this.exchanger = fixture.engine.exchanger(node);
    }

    void rejoin(EngineFixture fixture) {
      holds.clear();
      node = fixture.engine.join(name, 100, List.of("noop"));
      exchanger = fixture.engine.exchanger(node);
    }
  }

  final EngineFixture fixture;
  final List<UUID> batches = new ArrayList<>();
  private final Random random;
  private final List<ClusterActor> actors;

  ClusterSimulation(EngineFixture fixture, long seed) {
    this.fixture = fixture;
    this.random = new Random(seed);
    this.actors = List.of(new ClusterActor("north", fixture), new ClusterActor("south", fixture));
  }

  /** Runs one random step and returns its description. */
  String step() {
    fixture.advance(Duration.ofMillis(random.nextInt(500)));
    int dice = random.nextInt(100);
    if (dice < 10 || batches.isEmpty()) {
      return submit();
    }
    if (dice < 62) {
      return exchange();
    }
    if (dice < 74) {
      timePasses();
      return "time passes";
    }
    UUID batch = batches.get(random.nextInt(batches.size()));
    return batch + " " + change(batch);
  }

  private Object change(UUID batch) {
    return switch (random.nextInt(10)) {
      case 0, 1 -> fixture.engine.cancel(fixture.caller, batch, order());
      case 2, 3, 4 -> fixture.engine.cancelItems(fixture.caller, batch, some(batch), order());
      case 5, 6 -> fixture.engine.retry(fixture.caller, batch);
      case 7 -> fixture.engine.pause(fixture.caller, batch);
      case 8 -> fixture.engine.resume(fixture.caller, batch);
      default -> resubmit(batch);
    };
  }

  private String submit() {
    int items = 1 + random.nextInt(25);
    batches.add(
        items > 2 && random.nextInt(3) == 0
            ? fixture.submitWithParent(items)
            : fixture.submit(items));
    return "submit " + items;
  }

  private String exchange() {
    ClusterActor actor = actors.get(random.nextInt(actors.size()));
    List<AttemptReport> settlements = new ArrayList<>();
    for (StartedAttempt claim : List.copyOf(actor.holds)) {
      if (random.nextBoolean()) {
        actor.holds.remove(claim);
        settlements.addAll(fixture.settlements(List.of(claim), ending()));
      }
    }
    int slots = random.nextInt(12);
    try {
      actor.holds.addAll(
          actor.exchanger.exchange(settlements, EngineFixture.demand(slots)).claims());
    } catch (NodeStoppedException stopped) {
      actor.rejoin(fixture);
    }
    return actor.name + " settles " + settlements.size() + " and asks for " + slots;
  }

  private AttemptResult ending() {
    return switch (random.nextInt(10)) {
      case 0, 1 -> EngineFixture.failure();
      case 2 ->
          new AttemptResult.AttemptFailed("not-found", "there is none", false, Optional.empty());
      case 3 -> new AttemptResult.HandedBack();
      case 4 -> new AttemptResult.Interrupted();
      default -> EngineFixture.SUCCESS;
    };
  }

  private CancelOrder order() {
    CancelMode mode = random.nextInt(3) == 0 ? CancelMode.DRAIN : CancelMode.INTERRUPT;
    return new CancelOrder(mode, Duration.ofSeconds(random.nextInt(10)), null);
  }

  private ItemRefs some(UUID batch) {
    int total = fixture.batch(batch).facts.total();
    Set<Integer> ordinals =
        IntStream.range(0, total)
            .filter(ordinal -> random.nextInt(6) == 0)
            .boxed()
            .collect(Collectors.toSet());
    return new ItemRefs(ordinals, Set.of());
  }

  private ResubmitResult resubmit(UUID batch) {
    ResubmitResult result = fixture.engine.resubmit(fixture.caller, batch, random.nextBoolean());
    if (result instanceof ResubmitResult.Resubmitted(UUID copy)) {
      batches.add(copy);
    }
    return result;
  }

  /** Long enough for graces and backoffs, and for a node that is silent to lose what it runs. */
  private void timePasses() {
    int silent = random.nextInt(3);
    fixture.advance(Duration.ofSeconds(1 + random.nextInt(20)));
    for (int i = 0; i < actors.size(); i++) {
      if (i != silent && !fixture.engine.heartbeat(actors.get(i).node)) {
        actors.get(i).rejoin(fixture);
      }
    }
    fixture.engine.abandonOverdue();
    fixture.engine.rescueLost();
    fixture.engine.expire();
    Collection<Long> known = actors.getFirst().holds.stream().map(StartedAttempt::token).toList();
    fixture.engine.handBackUnknown(actors.getFirst().node, known);
  }
}
