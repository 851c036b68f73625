package io.headgate.simulate;

import java.util.List;

/** All actors with their weights. */
final class Cast {

  private record Part(int weight, Actor actor) {}

  private static final List<Part> PARTS =
      List.of(
          new Part(12, new Submitter()),
          new Part(50, world -> world.oneOf(world.players).act(world)),
          new Part(10, Upkeep::timePasses),
          new Part(5, Cancels::batch),
          new Part(6, Cancels::items),
          new Part(1, Cancels::many),
          new Part(2, Cancels::continueMany),
          new Part(3, Owner::pause),
          new Part(4, Owner::resume),
          new Part(5, Owner::retry),
          new Part(4, Owner::resubmit),
          new Part(5, Upkeep::rescue),
          new Part(4, Upkeep::abandon),
          new Part(2, Upkeep::timeOut),
          new Part(3, Upkeep::expire),
          new Part(3, Upkeep::restart),
          new Part(4, new Subscriber()),
          new Part(12, world -> world.oneOf(world.couriers).act(world)),
          new Part(3, Upkeep::tell),
          new Part(2, Upkeep::prune));

  private static final int ALL = PARTS.stream().mapToInt(Part::weight).sum();

  private Cast() {}

  /** Chooses an actor at random by weight; the first step is always a submit. */
  static Actor next(World world) {
    int left = world.roll(ALL);
    for (Part part : PARTS) {
      left -= part.weight();
      if (left < 0 && !world.batches.isEmpty()) {
        return part.actor();
      }
    }
    return PARTS.getFirst().actor();
  }
}
