package io.headgate.simulate;

import io.headgate.batch.AttemptResult;
import io.headgate.engine.AttemptReport;
import io.headgate.engine.Demand;
import io.headgate.engine.Exchanger;
import io.headgate.engine.StartedAttempt;
import java.time.Duration;
import java.util.List;

/**
 * The final phase of a seed: no more requests, one node without faults, and maintenance. Every
 * batch must finish.
 */
final class FinalPhase implements Actor {

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
  private static final int STEPS_PER_ROUND = 7;
  private static final int MAX_STEPS = 20 * STEPS_PER_ROUND;
  private static final int SLOTS = 100;
  private static final List<String> PROCESSORS = List.of("simulated");

  private int steps;

  /**
   * Checks whether every batch has finished.
   *
   * @throws LawViolation when this takes too many steps
   */
  boolean isComplete(World world) {
    List<String> unfinished =
        world.batches.stream()
            .filter(batch -> !world.before(batch).row.isFinished())
            .map(batch -> batch.name() + " is " + world.before(batch).row.state())
            .toList();
    LawViolation.unless(
        steps < MAX_STEPS, "every batch finishes", "after " + steps + " steps " + unfinished);
    return unfinished.isEmpty();
  }

  @Override
  public String act(World world) {
    return switch (steps++ % STEPS_PER_ROUND) {
      case 0 -> resume(world);
      case 1 -> MaintenanceActors.rescue(world);
      case 2 -> MaintenanceActors.abandon(world);
      case 3 -> MaintenanceActors.timeOut(world);
      case 4 -> MaintenanceActors.expire(world);
      case 5 -> CancelActors.executeBulk(world);
      default -> runItems(world);
    };
  }

  private static String resume(World world) {
    world.advance(LONGEST_WAIT);
    for (BatchHandle batch : world.batches) {
      if (world.before(batch).row.paused() && !world.before(batch).row.isFenced()) {
        world.engine.resume(batch.owner(), batch.id());
      }
    }
    return "final phase: resume all batches, and time passes";
  }

  private static String runItems(World world) {
    long node = world.engine.join("finisher", SLOTS, PROCESSORS);
    int done = runItems(world, world.engine.exchanger(node));
    world.engine.leave(node);
    return "a node without faults runs " + done + " items";
  }

  private static int runItems(World world, Exchanger exchanger) {
    Demand demand = new Demand(SLOTS, PROCESSORS, null);
    List<StartedAttempt> claims = exchanger.exchange(List.of(), demand).claims();
    int done = 0;
    while (!claims.isEmpty() && done < 10 * SLOTS) {
      done += claims.size();
      claims = exchanger.exchange(succeeded(world, claims), demand).claims();
    }
    return done;
  }

  private static List<AttemptReport> succeeded(World world, List<StartedAttempt> claims) {
    return claims.stream()
        .map(claim ->
            new AttemptReport(
                claim.token(),
                claim.batchId(),
                claim.ordinal(),
                new AttemptResult.AttemptSucceeded("{}"),
                world.now()))
        .toList();
  }
}
