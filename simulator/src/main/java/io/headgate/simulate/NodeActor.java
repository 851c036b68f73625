package io.headgate.simulate;

import io.headgate.batch.AttemptResult;
import io.headgate.batch.Caller;
import io.headgate.engine.AttemptReport;
import io.headgate.engine.Demand;
import io.headgate.engine.ExchangeResult;
import io.headgate.engine.Exchanger;
import io.headgate.engine.NodeStoppedException;
import io.headgate.engine.StartedAttempt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A node with the claims that it believes it has. It loses responses, repeats settlements, uses
 * tokens of other nodes, misses heartbeats and comes back; the engine must handle all of it.
 */
final class NodeActor implements Actor {

  private static final List<String> PROCESSORS = List.of("simulated");
  private static final String ONLY_LIVE_CLAIMS = "a settlement counts only under its live claim";

  final String name;
  private final @Nullable Caller account;
  private final List<StartedAttempt> claims = new ArrayList<>();
  private long node;
  private Exchanger exchanger;
  private boolean lostResponse;
  private Instant lastHeartbeat;

  private NodeActor(String name, @Nullable Caller account, World world) {
    this.name = name;
    this.account = account;
    this.node = join(world);
    this.lastHeartbeat = world.now();
    this.exchanger = world.engine.exchanger(node);
  }

  static NodeActor server(String name, World world) {
    return new NodeActor(name, null, world);
  }

  /** A remote worker, which serves one account only. */
  static NodeActor worker(String name, Caller account, World world) {
    return new NodeActor(name, account, world);
  }

  private long join(World world) {
    return account == null
        ? world.engine.join(name, 20, PROCESSORS)
        : world.engine.joinWorker(account.account(), name, 20, PROCESSORS);
  }

  @Override
  public String act(World world) {
    if (lostResponse) {
      return handBackUnknown(world);
    }
    List<AttemptReport> settlements = settlements(world);
    boolean idle = settlements.isEmpty() || world.randomBelow(3) > 0;
    int slots = idle ? 1 + world.randomBelow(6) : 0;
    UUID only = account == null ? null : account.account();
    Demand demand = new Demand(slots, PROCESSORS, only);
    try {
      ExchangeResult exchanged = exchanger.exchange(settlements, demand);
      checkRefused(world, settlements, exchanged.refused());
      LawViolation.unless(
          exchanged.claims().size() <= slots,
          "a node gets no more items than it has free slots",
          name + " requested " + slots + " and got " + exchanged.claims().size());
      return describe(world, settlements, exchanged, slots);
    } catch (NodeStoppedException stopped) {
      return name + " learns that it was declared dead" + restart(world);
    }
  }

  private String describe(
      World world, List<AttemptReport> settlements, ExchangeResult exchanged, int slots) {
    String description =
        "%s settles %s, %d refused; requests %d and gets %s"
            .formatted(
                name,
                describeSettlements(world, settlements),
                exchanged.refused().size(),
                slots,
                describeClaims(world, exchanged.claims()));
    if (world.oneIn(12)) {
      lostResponse = true;
      return description + ", but loses the response";
    }
    for (AttemptReport settlement : settlements) {
      claims.removeIf(
          claim -> claim.token() == settlement.token() && claim.ordinal() == settlement.ordinal());
    }
    claims.addAll(sorted(world, exchanged.claims()));
    return description;
  }

  /** Sorts by number and ordinal, as tokens and the order of rows are not reproducible. */
  private static List<StartedAttempt> sorted(World world, List<StartedAttempt> claims) {
    return claims.stream()
        .sorted(
            Comparator.comparingInt((StartedAttempt claim) -> number(world, claim.batchId()))
                .thenComparingInt(StartedAttempt::ordinal))
        .toList();
  }

  private static int number(World world, UUID batch) {
    BatchHandle known = world.find(batch);
    return known == null ? Integer.MAX_VALUE : known.number();
  }

  private String handBackUnknown(World world) {
    lostResponse = false;
    int items =
        world.engine.handBackUnknown(
            node, claims.stream().map(StartedAttempt::token).distinct().toList());
    return name + " hands back " + items + " items that it does not know";
  }

  private List<AttemptReport> settlements(World world) {
    List<AttemptReport> settlements = new ArrayList<>();
    for (StartedAttempt claim : claims) {
      if (world.oneIn(2)) {
        settlements.add(settlement(world, claim, result(world)));
      }
    }
    if (world.oneIn(8)) {
      forgedSettlement(world).ifPresent(settlements::add);
    }
    return settlements;
  }

  private static AttemptReport settlement(World world, StartedAttempt claim, AttemptResult result) {
    return new AttemptReport(claim.token(), claim.batchId(), claim.ordinal(), result, world.now());
  }

  /** A settlement of a claim of another node, or of another item under an own token. */
  private Optional<AttemptReport> forgedSettlement(World world) {
    NodeActor other = world.pick(world.nodes);
    if (other.claims.isEmpty()) {
      return Optional.empty();
    }
    StartedAttempt claim = world.pick(other.claims);
    int ordinal = other == this ? claim.ordinal() + 1 : claim.ordinal();
    boolean ownClaim = other == this && claims.stream().anyMatch(held -> held.ordinal() == ordinal);
    return ownClaim
        ? Optional.empty()
        : Optional.of(
            new AttemptReport(
                claim.token(),
                claim.batchId(),
                ordinal,
                new AttemptResult.AttemptSucceeded("{}"),
                world.now()));
  }

  private static AttemptResult result(World world) {
    return switch (world.randomBelow(12)) {
      case 0, 1 -> failed(true, null);
      case 2 -> failed(true, Duration.ofSeconds(world.randomBelow(30)));
      case 3, 4 -> failed(false, null);
      case 5 -> new AttemptResult.HandedBack();
      case 6 -> new AttemptResult.Interrupted();
      default -> new AttemptResult.AttemptSucceeded("{}");
    };
  }

  private static AttemptResult failed(boolean retryable, @Nullable Duration retryAfter) {
    return new AttemptResult.AttemptFailed(
        "boom", "it went wrong", retryable, Optional.ofNullable(retryAfter));
  }

  /** The engine must refuse exactly the settlements without a live claim of this node. */
  private void checkRefused(World world, List<AttemptReport> sent, List<AttemptReport> refused) {
    Set<String> settled = new HashSet<>();
    for (AttemptReport settlement : sent) {
      BatchSnapshot batch = world.snapshot().find(settlement.batchId());
      boolean live =
          batch != null
              && batch.claims.getOrDefault(settlement.ordinal(), List.of()).stream()
                  .anyMatch(claim -> claim.token() == settlement.token() && claim.node() == node)
              && settled.add(settlement.token() + "/" + settlement.ordinal());
      LawViolation.unless(
          live != refused.contains(settlement),
          ONLY_LIVE_CLAIMS,
          "%s settled item %d of %s, whose claim was %s, and was %s"
              .formatted(
                  name,
                  settlement.ordinal(),
                  world.name(settlement.batchId()),
                  live ? "live" : "gone",
                  refused.contains(settlement) ? "refused" : "accepted"));
    }
  }

  private static String describeSettlements(World world, List<AttemptReport> settlements) {
    return settlements.isEmpty()
        ? "nothing"
        : settlements.stream()
            .map(settlement ->
                "%s#%d %s"
                    .formatted(
                        world.name(settlement.batchId()),
                        settlement.ordinal(),
                        settlement.result().getClass().getSimpleName()))
            .collect(Collectors.joining(", "));
  }

  private static String describeClaims(World world, List<StartedAttempt> claims) {
    TreeMap<String, List<Integer>> byBatch = new TreeMap<>();
    for (StartedAttempt claim : sorted(world, claims)) {
      byBatch
          .computeIfAbsent(world.name(claim.batchId()), batch -> new ArrayList<>())
          .add(claim.ordinal());
    }
    return byBatch.isEmpty() ? "nothing" : byBatch.toString();
  }

  /** Sends a heartbeat. A late one finds that the node was declared dead and lost its claims. */
  String sendHeartbeat(World world) {
    boolean alive = account == null ? world.engine.heartbeat(node) : join(world) == node;
    if (alive) {
      lastHeartbeat = world.now();
      return "";
    }
    return ", " + name + " was declared dead" + restart(world);
  }

  /** True when the claim belongs to this node and the lease of the node has not expired. */
  boolean ownsLive(BatchSnapshot.StoredClaim claim, Instant now) {
    return claim.node() == node && !lastHeartbeat.plus(World.LEASE).isBefore(now);
  }

  /** Restarts as after a crash: without memory, and under a new id. */
  String restart(World world) {
    claims.clear();
    lostResponse = false;
    node = join(world);
    lastHeartbeat = world.now();
    exchanger = world.engine.exchanger(node);
    return " and joins again";
  }

  String leave(World world) {
    world.engine.leave(node);
    return name + " leaves properly" + restart(world);
  }
}
