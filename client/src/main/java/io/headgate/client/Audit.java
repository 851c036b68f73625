package io.headgate.client;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The result of an audit: the server recomputes items, counts, credits and receipts from the stored
 * rows and compares them.
 *
 * @param ok true when no check found a violation
 * @param batches how many batches were checked
 * @param items how many items were checked
 */
public record Audit(boolean ok, long batches, long items, List<Check> checks) {

  /** One invariant and the places where it does not hold. */
  public record Check(String name, boolean ok, List<JsonNode> violations) {

    @SuppressWarnings("RedundantNullCheck") // Jackson passes null for an absent field
    public Check {
      violations = violations == null ? List.of() : List.copyOf(violations);
    }
  }
}
