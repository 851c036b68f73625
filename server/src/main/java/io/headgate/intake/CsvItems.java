package io.headgate.intake;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.io.input.BOMInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rows as items: the first names the columns. What breaks the quoting, is not UTF-8 or is too long
 * breaks the stream, as nobody can tell where the next row begins.
 */
final class CsvItems extends ItemSource {

  private static final String REF = "ref";
  private static final String PARENT = "parent";

  private final InputStream in;
  private @Nullable CsvRecord last;

  CsvItems(InputStream in) {
    this.in = in;
  }

  @Override
  void read(Sink sink) throws IOException {
    try (CloseableIterator<CsvRecord> rows = open()) {
      read(rows, sink);
    } catch (CsvParseException | UncheckedIOException e) {
      broken(sink, complaint(e));
    }
  }

  /** What is wrong with the text; what is wrong with the connection is thrown on. */
  private static String complaint(RuntimeException e) throws IOException {
    return switch (e.getCause()) {
      case UncheckedIOException inner -> complaint(inner);
      case CharacterCodingException _ -> "is not UTF-8";
      case CsvText.OpenQuote _ -> "is not CSV: a quoted field does not end";
      case IOException broken -> throw broken;
      case RuntimeException broken -> throw broken;
      case null, default -> "is not CSV: " + e.getMessage();
    };
  }

  private void read(CloseableIterator<CsvRecord> rows, Sink sink) {
    if (!rows.hasNext()) {
      return;
    }
    CsvRecord header = rows.next();
    List<String> columns = header.getFields();
    String wrong = wrongHeader(columns);
    if (wrong != null) {
      broken(sink, wrong);
      return;
    }
    last = header;
    while (rows.hasNext()) {
      CsvRecord row = rows.next();
      last = row;
      if (!sink.accept(line(columns, row))) {
        return;
      }
    }
  }

  /** What is broken is the row after the last good one. */
  private void broken(Sink sink, String why) {
    long line = last == null ? 1 : last.getStartingLineNumber() + 1 + breaks(last);
    sink.accept(new Line.Broken(new BadLine(line, "", why)));
  }

  private static long breaks(CsvRecord row) {
    return row.getFields().stream().flatMapToInt(String::chars).filter(c -> c == '\n').count();
  }

  private CloseableIterator<CsvRecord> open() throws IOException {
    InputStream text = BOMInputStream.builder().setInputStream(in).get();
    return CsvReader.builder()
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .maxBufferSize(MAX_LINE_BYTES)
        .build(
            CsvRecordHandler.builder()
                .maxFieldSize(MAX_LINE_BYTES)
                .maxRecordSize(MAX_LINE_BYTES)
                .build(),
            new CsvText(text))
        .iterator();
  }

  private static @Nullable String wrongHeader(List<String> columns) {
    Set<String> seen = new HashSet<>();
    for (String column : columns) {
      if (column.isBlank()) {
        return "is a header row with a column that has no name";
      }
      if (!seen.add(column)) {
        return "is a header row with two columns named " + column;
      }
    }
    return null;
  }

  private static Line line(List<String> columns, CsvRecord row) {
    long number = row.getStartingLineNumber();
    if (row.getFieldCount() != columns.size()) {
      return new Line.Bad(
          number, "", "has %d fields, not %d".formatted(row.getFieldCount(), columns.size()));
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

  private static Line item(
      long number, @Nullable String ref, @Nullable String parent, ObjectNode input) {
    String wrongRef = ref == null ? null : Texts.wrongName(ref);
    if (wrongRef != null) {
      return new Line.Bad(number, REF, wrongRef);
    }
    String wrongParent = parent == null ? null : Texts.wrongName(parent);
    if (wrongParent != null) {
      return new Line.Bad(number, PARENT, wrongParent);
    }
    byte[] json = ItemParser.JSON.writeValueAsBytes(input);
    return json.length > MAX_LINE_BYTES
        ? ItemParser.tooLong(number)
        : new Line.Item(number, ref, parent, "", input, ByteBuffer.wrap(json));
  }
}
