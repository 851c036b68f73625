package io.headgate.simulate;

import io.headgate.batch.Ending;
import io.headgate.engine.Claimed;
import io.headgate.engine.Demand;
import io.headgate.engine.Exchanger;
import io.headgate.engine.Settlement;
import java.time.Duration;
import java.util.List;

/**
 * The final phase of a seed: no more requests, one node without faults, and maintenance. Every
 * batch must finish.
 */
final class Rest implements Actor {

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
  private static final int STEPS_OF_A_ROUND = 7;
  private static final int MOST_STEPS = 20 * STEPS_OF_A_ROUND;
  private static final int SLOTS = 100;
  private static final List<String> PROCESSORS = List.of("simulated");

  private int steps;

  /**
   * Checks whether every batch has finished.
   *
   * @throws Broken when this takes too many steps
   */
  boolean reached(World world) {
    List<String> left =
        world.batches.stream()
            .filter(batch -> !world.before(batch).row.finished())
            .map(batch -> batch.name() + " is " + world.before(batch).row.state())
            .toList();
    Broken.unless(steps < MOST_STEPS, "every batch finishes", "after " + steps + " steps " + left);
    return left.isEmpty();
  }

  @Override
  public String act(World world) {
    return switch (steps++ % STEPS_OF_A_ROUND) {
      case 0 -> resume(world);
      case 1 -> Upkeep.rescue(world);
      case 2 -> Upkeep.abandon(world);
      case 3 -> Upkeep.timeOut(world);
      case 4 -> Upkeep.expire(world);
      case 5 -> Cancels.continueMany(world);
      default -> work(world);
    };
  }

  private static String resume(World world) {
    world.pass(LONGEST_WAIT);
    for (Known batch : world.batches) {
      if (world.before(batch).row.paused() && !world.before(batch).row.fenced()) {
        world.engine.resume(batch.owner(), batch.id());
      }
    }
    return "final phase: resume all batches, and time passes";
  }

  private static String work(World world) {
    long node = world.engine.join("finisher", SLOTS, PROCESSORS);
    int done = work(world, world.engine.exchanger(node));
    world.engine.leave(node);
    return "a node without faults runs " + done + " items";
  }

  private static int work(World world, Exchanger exchanger) {
    Demand demand = new Demand(SLOTS, PROCESSORS, null);
    List<Claimed> claims = exchanger.exchange(List.of(), demand).claims();
    int done = 0;
    while (!claims.isEmpty() && done < 10 * SLOTS) {
      done += claims.size();
      claims = exchanger.exchange(settled(world, claims), demand).claims();
    }
    return done;
  }

  private static List<Settlement> settled(World world, List<Claimed> claims) {
    return claims.stream()
        .map(claim ->
            new Settlement(
                claim.token(),
                claim.batchId(),
                claim.ordinal(),
                new Ending.Succeeded("{}"),
                world.now()))
        .toList();
  }
}
