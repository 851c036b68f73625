package io.headgate.intake;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Reads items from CSV rows. A text that cannot be parsed further ends with a broken line. */
final class CsvItems extends ItemSource {

  private static final String REF = "ref";
  private static final String PARENT = "parent";

  private final InputStream in;

  CsvItems(InputStream in) {
    this.in = in;
  }

  @Override
  void read(LineSink sink) throws IOException {
    try (CsvRows rows = new CsvRows(in)) {
      CsvRecord row = rows.next();
      while (row != null && sink.accept(line(rows.columns(), row))) {
        row = rows.next();
      }
    } catch (CsvRows.InvalidCsvException e) {
      sink.accept(new ItemLine.BrokenLine(new InvalidLine(e.line(), "", e.reason())));
    }
  }

  private static ItemLine line(List<String> columns, CsvRecord row) {
    long number = row.getStartingLineNumber();
    if (row.getFieldCount() != columns.size()) {
      return new ItemLine.RejectedLine(
          number,
          "",
          "has %d fields; the header has %d".formatted(row.getFieldCount(), columns.size()));
    }
    ObjectNode input = ItemParser.JSON.createObjectNode();
    String ref = null;
    String parent = null;
    for (int i = 0; i < columns.size(); i++) {
      String value = row.getField(i);
      switch (columns.get(i)) {
        case REF -> ref = value.isEmpty() ? null : value;
        case PARENT -> parent = value.isEmpty() ? null : value;
        default -> input.put(columns.get(i), value);
      }
    }
    return item(number, ref, parent, input);
  }

  private static ItemLine item(
      long number, @Nullable String ref, @Nullable String parent, ObjectNode input) {
    String refProblem = ref == null ? null : RefText.lengthProblem(ref);
    if (refProblem != null) {
      return new ItemLine.RejectedLine(number, REF, refProblem);
    }
    String parentProblem = parent == null ? null : RefText.lengthProblem(parent);
    if (parentProblem != null) {
      return new ItemLine.RejectedLine(number, PARENT, parentProblem);
    }
    byte[] json = ItemParser.JSON.writeValueAsBytes(input);
    return json.length > MAX_LINE_BYTES
        ? ItemParser.tooLong(number)
        : new ItemLine.ValidLine(number, ref, parent, "", input, ByteBuffer.wrap(json));
  }
}
