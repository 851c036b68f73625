package io.headgate.node;

import io.headgate.engine.Claimed;
import io.headgate.node.WorkerOrder.Ended;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a remote worker is told in one turn.
 *
 * @param given items that have started with this answer
 * @param stops items it runs that were told to stop; told again each turn until they have ended
 * @param refused endings that changed nothing: their claims are gone
 */
public record WorkerTurn(List<Given> given, List<Stop> stops, List<Ended> refused) {

  public WorkerTurn {
    given = List.copyOf(given);
    stops = List.copyOf(stops);
    refused = List.copyOf(refused);
  }

  /**
   * An item to run.
   *
   * @param deadline after it the attempt counts as failed
   */
  public record Given(
      Claimed claim, @Nullable String ref, JsonNode input, JsonNode options, Instant deadline) {

    static Given of(Work work) {
      return new Given(
          work.claim(),
          work.ref(),
          work.input().input(),
          work.batch().options(),
          work.claim().claimedAt().plus(work.batch().timeout()));
    }
  }

  /** An item to stop; after {@code dueAt} it is given up. */
  public record Stop(Claimed claim, Instant dueAt) {}
}
