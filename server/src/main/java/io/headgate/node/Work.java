package io.headgate.node;

import io.headgate.batch.Limits;
import io.headgate.engine.Claimed;
import io.headgate.processor.Input;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One claimed item with everything needed to run it.
 *
 * @param json the item's input as it is stored
 */
record Work(
    Claimed claim,
    BatchFacts batch,
    @Nullable String ref,
    String json,
    List<Input.ChildOutput> children) {

  /** Reads the input; for the thread that runs the item, as the exchange has no time for it. */
  Input input() {
    return new Input(
        batch.id(),
        claim.ordinal(),
        ref,
        JsonMapper.shared().readTree(json),
        batch.options(),
        children);
  }

  /** What never changes about a batch, as far as running its items goes. */
  record BatchFacts(
      UUID id, String processor, JsonNode options, Duration timeout, boolean related) {
    BatchFacts {
      if (timeout.compareTo(Limits.MAX_TIMEOUT) > 0) {
        throw new IllegalArgumentException("timeout " + timeout);
      }
    }

    BatchFacts withOptions(JsonNode others) {
      return new BatchFacts(id, processor, others, timeout, related);
    }
  }
}
