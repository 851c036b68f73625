package io.headgate.simulate;

import java.util.List;

/** All actors with their weights. */
final class Actors {

  private record WeightedActor(int weight, Actor actor) {}

  private static final List<WeightedActor> ACTORS =
      List.of(
          new WeightedActor(12, new SubmitActor()),
          new WeightedActor(50, world -> world.pick(world.nodes).act(world)),
          new WeightedActor(10, MaintenanceActors::timePasses),
          new WeightedActor(5, CancelActors::batch),
          new WeightedActor(6, CancelActors::items),
          new WeightedActor(1, CancelActors::bulk),
          new WeightedActor(2, CancelActors::executeBulk),
          new WeightedActor(3, AccountActors::pause),
          new WeightedActor(4, AccountActors::resume),
          new WeightedActor(5, AccountActors::retry),
          new WeightedActor(4, AccountActors::resubmit),
          new WeightedActor(5, MaintenanceActors::rescue),
          new WeightedActor(4, MaintenanceActors::abandon),
          new WeightedActor(2, MaintenanceActors::timeOut),
          new WeightedActor(3, MaintenanceActors::expire),
          new WeightedActor(3, MaintenanceActors::restart),
          new WeightedActor(4, new SubscriptionActor()),
          new WeightedActor(12, world -> world.pick(world.deliverers).act(world)),
          new WeightedActor(3, MaintenanceActors::queueProgress),
          new WeightedActor(2, MaintenanceActors::prune));

  private static final int TOTAL_WEIGHT = ACTORS.stream().mapToInt(WeightedActor::weight).sum();

  private Actors() {}

  /** Chooses an actor at random by weight; the first step is always a submit. */
  static Actor next(World world) {
    int remaining = world.randomBelow(TOTAL_WEIGHT);
    for (WeightedActor weighted : ACTORS) {
      remaining -= weighted.weight();
      if (remaining < 0 && !world.batches.isEmpty()) {
        return weighted.actor();
      }
    }
    return ACTORS.getFirst().actor();
  }
}
