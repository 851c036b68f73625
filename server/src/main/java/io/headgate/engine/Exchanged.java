package io.headgate.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What an exchange came to.
 *
 * @param claims what has started
 * @param byProcessor how many of them are whose
 * @param refused what came too late: its claim was gone
 * @param hungry slots stayed free although something could still be claimed at once
 */
public record Exchanged(
    List<Claimed> claims,
    Map<String, Integer> byProcessor,
    List<Settlement> refused,
    boolean hungry) {

  public Exchanged {
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
