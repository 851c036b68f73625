package io.headgate.node;

import io.headgate.batch.Limits;
import io.headgate.engine.StartedAttempt;
import io.headgate.processor.Input;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One claimed item with everything that its processor needs.
 *
 * @param storedInput the stored input of the item
 */
record LoadedItem(
    StartedAttempt claim,
    BatchProperties batch,
    @Nullable String ref,
    String storedInput,
    List<Input.ChildOutput> children) {

  /** Parses the input. Called on the thread of the attempt, to keep the starter fast. */
  Input input() {
    return new Input(
        batch.id(),
        claim.ordinal(),
        ref,
        JsonMapper.shared().readTree(storedInput),
        batch.options(),
        children);
  }

  /** The properties of a batch that its items need and that never change. */
  record BatchProperties(
      UUID id, String processor, JsonNode options, Duration timeout, boolean related) {
    BatchProperties {
      if (timeout.compareTo(Limits.MAX_TIMEOUT) > 0) {
        throw new IllegalArgumentException("timeout " + timeout);
      }
    }

    BatchProperties withOptions(JsonNode others) {
      return new BatchProperties(id, processor, others, timeout, related);
    }
  }
}
