package io.headgate.processor;

import io.headgate.batch.Violation;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The result of resolving a batch's options when it is submitted. */
public sealed interface OptionsResolution {

  /** The options that the batch stores. */
  record ResolvedOptions(JsonNode options) implements OptionsResolution {}

  /** The options refer to something unknown. Fields have no leading {@code options.}. */
  record RefusedOptions(List<Violation> violations) implements OptionsResolution {
    public RefusedOptions {
      violations = List.copyOf(violations);
    }
  }
}
