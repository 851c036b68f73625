package io.headgate.simulate;

import java.time.Duration;

/** Actors for the clock, heartbeats, restarts and the maintenance tasks of the server. */
final class MaintenanceActors {

  private MaintenanceActors() {}

  /** Advances the clock by seconds; all nodes but one send heartbeats. */
  static String timePasses(World world) {
    int seconds = 1 + world.randomBelow(world.oneIn(3) ? 40 : 8);
    world.advance(Duration.ofSeconds(seconds));
    NodeActor silent = world.pick(world.nodes);
    StringBuilder description =
        new StringBuilder(seconds + " seconds pass, " + silent.name + " sends no heartbeat");
    for (NodeActor node : world.nodes) {
      boolean slow = node.name.equals("slow") && world.oneIn(2);
      if (node != silent && !slow) {
        description.append(node.sendHeartbeat(world));
      }
    }
    return description.toString();
  }

  static String rescue(World world) {
    int items = world.engine.rescueLost();
    StateSnapshot after = world.readSnapshot();
    for (BatchSnapshot before : world.snapshot().batches().values()) {
      BatchSnapshot batch = after.find(before.row.id());
      before.claims.forEach((ordinal, claims) ->
          LawViolation.unless(
              batch == null
                  || batch.claims.containsKey(ordinal)
                  || claims.stream().noneMatch(claim -> isOwnedByLiveNode(world, claim)),
              "a node with heartbeats keeps its claims",
              "item %d of %s was rescued".formatted(ordinal, world.name(before.row.id()))));
    }
    return items + " items of dead nodes are rescued";
  }

  private static boolean isOwnedByLiveNode(World world, BatchSnapshot.StoredClaim claim) {
    return world.nodes.stream().anyMatch(node -> node.ownsLive(claim, world.now()));
  }

  static String abandon(World world) {
    return world.engine.abandonOverdue() + " items did not stop in time and are abandoned";
  }

  static String timeOut(World world) {
    return world.engine.timeOutRemote() + " items of remote workers are timed out";
  }

  static String expire(World world) {
    return world.engine.expire() + " batches expire";
  }

  static String queueProgress(World world) {
    world.engine.addUpCredits();
    return world.engine.writeProgressEvents() + " progress events are queued";
  }

  static String restart(World world) {
    NodeActor node = world.pick(world.nodes);
    return world.oneIn(2) ? node.leave(world) : node.name + " crashes" + node.restart(world);
  }

  /** Advances the clock by days and drops expired partitions. */
  static String prune(World world) {
    int days = world.randomBelow(4);
    world.advance(Duration.ofDays(days));
    world.partitions.drop(world.now());
    return days + " days pass and expired partitions are dropped";
  }
}
