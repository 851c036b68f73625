package io.headgate.intake;

import io.headgate.batch.Violation;
import io.headgate.processor.Processor;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What only the processor of a batch can tell about an item. */
record ItemCheck(Processor processor, JsonNode options) {

  /** What is wrong with the item; null when nothing is. */
  @Nullable BadLine wrong(Line.Item item) {
    if (item.parent() != null && item.parent().equals(item.ref())) {
      return new BadLine(item.number(), "parent", "is the item itself");
    }
    List<Violation> violations = processor.checkInput(item.input(), options);
    return violations.isEmpty()
        ? null
        : new BadLine(
            item.number(),
            path(item.path(), violations.getFirst().field()),
            violations.getFirst().message(),
            violations.getFirst().flaw());
  }

  private static String path(String outer, String inner) {
    return outer.isEmpty() || inner.isEmpty() ? outer + inner : outer + "." + inner;
  }
}
