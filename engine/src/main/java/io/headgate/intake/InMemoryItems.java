package io.headgate.intake;

import java.nio.ByteBuffer;
import java.util.List;
import tools.jackson.databind.node.StringNode;

/** Items in memory, validated like those of a stream. */
final class InMemoryItems extends ItemSource {

  private final List<NewItem> items;

  InMemoryItems(List<NewItem> items) {
    this.items = List.copyOf(items);
  }

  @Override
  void read(LineSink sink) {
    long number = 1;
    for (NewItem item : items) {
      if (!sink.accept(line(number, item))) {
        return;
      }
      number++;
    }
  }

  private static ItemLine line(long number, NewItem item) {
    String refProblem =
        item.ref() == null ? null : RefText.refProblem(StringNode.valueOf(item.ref()));
    if (refProblem != null) {
      return new ItemLine.RejectedLine(number, "ref", refProblem);
    }
    byte[] json = ItemParser.JSON.writeValueAsBytes(item.input());
    return json.length > MAX_LINE_BYTES
        ? ItemParser.tooLong(number)
        : new ItemLine.ValidLine(
            number, item.ref(), item.parent(), "input", item.input(), ByteBuffer.wrap(json));
  }
}
