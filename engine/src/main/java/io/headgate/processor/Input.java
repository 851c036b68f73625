package io.headgate.processor;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An item as a processor gets it.
 *
 * @param ref the client's own name for the item
 * @param input the item's input as submitted
 * @param options the batch's options as submitted
 * @param children the outputs of the item's children, all succeeded, by ordinal
 */
public record Input(
    UUID batchId,
    int ordinal,
    @Nullable String ref,
    JsonNode input,
    JsonNode options,
    List<ChildOutput> children) {

  /** The output of a related item that ran before its parent. */
  public record ChildOutput(int ordinal, @Nullable String ref, JsonNode output) {}
}
