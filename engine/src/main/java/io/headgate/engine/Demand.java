package io.headgate.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a node can start now.
 *
 * @param slots free slots
 * @param processors the processors it can run
 * @param processorLimits most items of a processor; processors without an entry have no limit
 * @param onlyAccount a remote worker serves its own account; null for a server
 */
public record Demand(
    int slots,
    List<String> processors,
    Map<String, Integer> processorLimits,
    @Nullable UUID onlyAccount) {

  public static final Demand NOTHING = new Demand(0, List.of(), null);

  public Demand {
    processorLimits = Map.copyOf(processorLimits);
    processors = withFreeCapacity(processors, processorLimits);
  }

  public Demand(int slots, List<String> processors, @Nullable UUID onlyAccount) {
    this(slots, processors, Map.of(), onlyAccount);
  }

  private static List<String> withFreeCapacity(
      List<String> processors, Map<String, Integer> places) {
    return processors.stream()
        .filter(name -> places.getOrDefault(name, Integer.MAX_VALUE) > 0)
        .toList();
  }

  /** What is left after {@code claimed} items, some of each processor. */
  Demand without(int claimed, Map<String, Integer> byProcessor) {
    Map<String, Integer> left = new HashMap<>(processorLimits);
    byProcessor.forEach((name, count) -> left.computeIfPresent(name, (n, had) -> had - count));
    return new Demand(slots - claimed, processors, left, onlyAccount);
  }

  boolean includes(BatchRow.BatchFacts batch) {
    return processors.contains(batch.processor())
        && (onlyAccount == null || onlyAccount.equals(batch.account()));
  }
}
