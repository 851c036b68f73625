package io.headgate.node;

import io.headgate.engine.StartedAttempt;
import io.headgate.node.WorkerRequest.WorkerAttemptEnd;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The response to a remote worker in one exchange.
 *
 * @param assigned items that count as running from now on
 * @param stops running items that are to stop; repeated in each exchange until they have ended
 * @param refused endings that had no effect, because their claims no longer exist
 */
public record WorkerResponse(
    List<AssignedItem> assigned, List<RequestedStop> stops, List<WorkerAttemptEnd> refused) {

  public WorkerResponse {
    assigned = List.copyOf(assigned);
    stops = List.copyOf(stops);
    refused = List.copyOf(refused);
  }

  /**
   * An item to run.
   *
   * @param deadline after it the attempt counts as failed
   */
  public record AssignedItem(
      StartedAttempt claim,
      @Nullable String ref,
      JsonNode input,
      JsonNode options,
      Instant deadline) {

    static AssignedItem of(LoadedItem work) {
      return new AssignedItem(
          work.claim(),
          work.ref(),
          work.input().input(),
          work.batch().options(),
          work.claim().claimedAt().plus(work.batch().timeout()));
    }
  }

  /** An item to stop; at {@code dueAt} it is abandoned. */
  public record RequestedStop(StartedAttempt claim, Instant dueAt) {}
}
