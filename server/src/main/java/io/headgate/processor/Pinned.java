package io.headgate.processor;

import io.headgate.batch.Violation;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What became of a batch's options when it was submitted. */
public sealed interface Pinned {

  /** What the batch keeps. */
  record Options(JsonNode options) implements Pinned {}

  /** They name something that is not there, fields without the leading {@code options.}. */
  record Refused(List<Violation> violations) implements Pinned {
    public Refused {
      violations = List.copyOf(violations);
    }
  }
}
