package io.headgate.simulate;

import java.time.Duration;

/** What the house does by itself: the clock, dead nodes, grace periods, deadlines, retention. */
final class Upkeep {

  private Upkeep() {}

  /** Some seconds, in which all nodes but one say that they live. */
  static String timePasses(World world) {
    int seconds = 1 + world.roll(world.oneIn(3) ? 40 : 8);
    world.pass(Duration.ofSeconds(seconds));
    Player silent = world.oneOf(world.players);
    StringBuilder story =
        new StringBuilder(seconds + " seconds pass, " + silent.name + " is silent");
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
              "a node that is heard of keeps what it runs",
              "item %d of %s was taken away".formatted(ordinal, world.name(before.row.id()))));
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
    return world.engine.tellProgress() + " batches are told to have come further";
  }

  static String restart(World world) {
    Player player = world.oneOf(world.players);
    return world.oneIn(2) ? player.leave(world) : player.name + " crashes" + player.restart(world);
  }

  /** Days nobody works, then the partitions that nobody needs any more go. */
  static String prune(World world) {
    int days = world.roll(4);
    world.pass(Duration.ofDays(days));
    world.partitions.drop(world.now());
    return days + " days pass and what is kept no longer is dropped";
  }
}
