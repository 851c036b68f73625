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
 * @param places most items of a processor; processors without an entry have no limit
 * @param onlyAccount a remote worker serves its own account; null for a server
 */
public record Demand(
    int slots, List<String> processors, Map<String, Integer> places, @Nullable UUID onlyAccount) {

  public static final Demand NOTHING = new Demand(0, List.of(), null);

  public Demand {
    places = Map.copyOf(places);
    processors = withPlaces(processors, places);
  }

  public Demand(int slots, List<String> processors, @Nullable UUID onlyAccount) {
    this(slots, processors, Map.of(), onlyAccount);
  }

  private static List<String> withPlaces(List<String> processors, Map<String, Integer> places) {
    return processors.stream()
        .filter(name -> places.getOrDefault(name, Integer.MAX_VALUE) > 0)
        .toList();
  }

  /** What is left after {@code claimed} items, some of each processor. */
  Demand without(int claimed, Map<String, Integer> byProcessor) {
    Map<String, Integer> left = new HashMap<>(places);
    byProcessor.forEach((name, count) -> left.computeIfPresent(name, (n, had) -> had - count));
    return new Demand(slots - claimed, processors, left, onlyAccount);
  }

  boolean includes(Ledger.Facts batch) {
    return processors.contains(batch.processor())
        && (onlyAccount == null || onlyAccount.equals(batch.account()));
  }
}
