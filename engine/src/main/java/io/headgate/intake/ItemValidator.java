package io.headgate.intake;

import io.headgate.batch.Violation;
import io.headgate.processor.Processor;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Checks items with the processor of their batch. */
record ItemValidator(Processor processor, JsonNode options) {

  /** Returns the first error of the item; null when it is valid. */
  @Nullable InvalidLine firstError(ItemLine.ValidLine item) {
    if (item.parent() != null && item.parent().equals(item.ref())) {
      return new InvalidLine(item.number(), "parent", "must not be the item's own ref");
    }
    List<Violation> violations = processor.checkInput(item.input(), options);
    return violations.isEmpty()
        ? null
        : new InvalidLine(
            item.number(),
            path(item.inputPath(), violations.getFirst().field()),
            violations.getFirst().message(),
            violations.getFirst().kind());
  }

  private static String path(String outer, String inner) {
    return outer.isEmpty() || inner.isEmpty() ? outer + inner : outer + "." + inner;
  }
}
