package io.headgate.node;

import io.headgate.batch.Limits;
import io.headgate.engine.Claimed;
import io.headgate.processor.Input;
import java.time.Duration;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** One claimed item with everything needed to run it. */
record Work(Claimed claim, BatchFacts batch, Input input) {

  /** What never changes about a batch, as far as running its items goes. */
  record BatchFacts(
      UUID id, String processor, JsonNode options, Duration timeout, boolean related) {
    BatchFacts {
      if (timeout.compareTo(Limits.MAX_TIMEOUT) > 0) {
        throw new IllegalArgumentException("timeout " + timeout);
      }
    }
  }
}
