package io.headgate.processor;

import io.headgate.batch.Violation;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The result of resolving a batch's options when it is submitted. */
public sealed interface Pinned {

  /** The options that the batch stores. */
  record Options(JsonNode options) implements Pinned {}

  /** The options refer to something unknown. Fields have no leading {@code options.}. */
  record Refused(List<Violation> violations) implements Pinned {
    public Refused {
      violations = List.copyOf(violations);
    }
  }
}
