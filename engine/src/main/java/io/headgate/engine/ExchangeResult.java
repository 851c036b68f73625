package io.headgate.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The result of an exchange.
 *
 * @param claims attempts that have started
 * @param byProcessor how many of them each processor has
 * @param refused results without effect: their claim is void, or the batch is damaged
 * @param moreAvailable slots stayed free although more can be claimed at once
 */
public record ExchangeResult(
    List<StartedAttempt> claims,
    Map<String, Integer> byProcessor,
    List<AttemptReport> refused,
    boolean moreAvailable) {

  public ExchangeResult {
    claims = List.copyOf(claims);
    byProcessor = Map.copyOf(byProcessor);
    refused = List.copyOf(refused);
  }

  /** How many items were claimed of each batch. */
  Map<UUID, Integer> byBatch() {
    Map<UUID, Integer> counts = new HashMap<>();
    claims.forEach(claim -> counts.merge(claim.batchId(), 1, Integer::sum));
    return counts;
  }
}
