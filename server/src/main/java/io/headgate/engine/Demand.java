package io.headgate.engine;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a node could start now.
 *
 * @param slots free slots
 * @param processors what it can run
 * @param onlyAccount a remote worker serves its own account; null for a server
 */
public record Demand(int slots, List<String> processors, @Nullable UUID onlyAccount) {

  public static final Demand NOTHING = new Demand(0, List.of(), null);

  public Demand {
    processors = List.copyOf(processors);
  }

  boolean includes(Ledger.Facts batch) {
    return processors.contains(batch.processor())
        && (onlyAccount == null || onlyAccount.equals(batch.account()));
  }
}
