package io.headgate.client;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** What the server found when it proved its books from the stored rows. */
public record Audit(boolean ok, long batches, long items, List<Check> checks) {

  /** One law and where it was broken. */
  public record Check(String name, boolean ok, List<JsonNode> violations) {

    @SuppressWarnings("RedundantNullCheck") // absent on the wire is null here
    public Check {
      violations = violations == null ? List.of() : List.copyOf(violations);
    }
  }
}
