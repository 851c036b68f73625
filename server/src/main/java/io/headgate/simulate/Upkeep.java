package io.headgate.simulate;

import java.time.Duration;

/** Actors for the clock, heartbeats, restarts and the maintenance tasks of the server. */
final class Upkeep {

  private Upkeep() {}

  /** Advances the clock by seconds; all nodes but one send heartbeats. */
  static String timePasses(World world) {
    int seconds = 1 + world.roll(world.oneIn(3) ? 40 : 8);
    world.pass(Duration.ofSeconds(seconds));
    Player silent = world.oneOf(world.players);
    StringBuilder story =
        new StringBuilder(seconds + " seconds pass, " + silent.name + " sends no heartbeat");
    for (Player player : world.players) {
      boolean slow = player.name.equals("slow") && world.oneIn(2);
      if (player != silent && !slow) {
        story.append(player.beat(world));
      }
    }
    return story.toString();
  }

  static String rescue(World world) {
    int items = world.engine.rescueLost();
    Moment after = world.look();
    for (Sight before : world.moment().batches().values()) {
      Sight batch = after.find(before.row.id());
      before.claims.forEach((ordinal, claims) ->
          Broken.unless(
              batch == null
                  || batch.claims.containsKey(ordinal)
                  || claims.stream().noneMatch(claim -> isKept(world, claim)),
              "a node with heartbeats keeps its claims",
              "item %d of %s was rescued".formatted(ordinal, world.name(before.row.id()))));
    }
    return items + " items of dead nodes are rescued";
  }

  private static boolean isKept(World world, Sight.Claim claim) {
    return world.players.stream().anyMatch(player -> player.keeps(claim, world.now()));
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

  static String tell(World world) {
    world.engine.addUpCredits();
    return world.engine.tellProgress() + " progress events are queued";
  }

  static String restart(World world) {
    Player player = world.oneOf(world.players);
    return world.oneIn(2) ? player.leave(world) : player.name + " crashes" + player.restart(world);
  }

  /** Advances the clock by days and drops expired partitions. */
  static String prune(World world) {
    int days = world.roll(4);
    world.pass(Duration.ofDays(days));
    world.partitions.drop(world.now());
    return days + " days pass and expired partitions are dropped";
  }
}
