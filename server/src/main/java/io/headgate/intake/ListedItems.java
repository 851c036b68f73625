package io.headgate.intake;

import java.nio.ByteBuffer;
import java.util.List;
import tools.jackson.databind.node.StringNode;

/** Items in memory, validated like those of a stream. */
final class ListedItems extends ItemSource {

  private final List<NewItem> items;

  ListedItems(List<NewItem> items) {
    this.items = List.copyOf(items);
  }

  @Override
  void read(Sink sink) {
    long number = 1;
    for (NewItem item : items) {
      if (!sink.accept(line(number, item))) {
        return;
      }
      number++;
    }
  }

  private static Line line(long number, NewItem item) {
    String wrongRef = item.ref() == null ? null : Texts.wrongRef(StringNode.valueOf(item.ref()));
    if (wrongRef != null) {
      return new Line.Bad(number, "ref", wrongRef);
    }
    byte[] json = ItemParser.JSON.writeValueAsBytes(item.input());
    return json.length > MAX_LINE_BYTES
        ? ItemParser.tooLong(number)
        : new Line.Item(
            number, item.ref(), item.parent(), "input", item.input(), ByteBuffer.wrap(json));
  }
}
