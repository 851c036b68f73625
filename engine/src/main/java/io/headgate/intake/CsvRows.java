package io.headgate.intake;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.io.input.BOMInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a CSV text in UTF-8 whose first row names the columns. Invalid quoting, invalid
 * UTF-8 and a row that is too long end the text, because the start of the next row is unknown. Used
 * by one thread.
 */
public final class CsvRows implements Closeable {

  /** The text cannot be parsed further. */
  public static final class InvalidCsvException extends Exception {

    private static final long serialVersionUID = 1L;

    private final long line;

    InvalidCsvException(long line, String reason) {
      super(reason);
      this.line = line;
    }

    /** The line after the last valid row, counted from 1. */
    public long line() {
      return line;
    }

    /** What is wrong, to be read after "line N". */
    public String reason() {
      return String.valueOf(getMessage());
    }
  }

  private final CloseableIterator<CsvRecord> rows;
  private final List<String> columns;
  private @Nullable CsvRecord last;

  /**
   * Reads the first row.
   *
   * @throws InvalidCsvException when the first row is invalid, two columns have the same name, or
   *     one has no name
   * @throws IOException when the stream fails
   */
  public CsvRows(InputStream in) throws IOException, InvalidCsvException {
    rows = open(in);
    CsvRecord header = next();
    columns = header == null ? List.of() : header.getFields();
    String problem = headerProblem(columns);
    if (problem != null) {
      throw new InvalidCsvException(1, problem);
    }
  }

  private static CloseableIterator<CsvRecord> open(InputStream in) throws IOException {
    InputStream text = BOMInputStream.builder().setInputStream(in).get();
    return CsvReader.builder()
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .maxBufferSize(ItemSource.MAX_LINE_BYTES)
        .build(
            CsvRecordHandler.builder()
                .maxFieldSize(ItemSource.MAX_LINE_BYTES)
                .maxRecordSize(ItemSource.MAX_LINE_BYTES)
                .build(),
            new CsvCharReader(text))
        .iterator();
  }

  /** The column names; empty when the text is empty. */
  public List<String> columns() {
    return columns;
  }

  /** Returns the next row, whatever its number of fields; null after the last. */
  public @Nullable CsvRecord next() throws IOException, InvalidCsvException {
    try {
      if (!rows.hasNext()) {
        return null;
      }
      last = rows.next();
      return last;
    } catch (CsvParseException | UncheckedIOException e) {
      throw new InvalidCsvException(nextLine(), describe(e));
    }
  }

  private long nextLine() {
    return last == null ? 1 : last.getStartingLineNumber() + 1 + lineBreaks(last);
  }

  private static long lineBreaks(CsvRecord row) {
    return row.getFields().stream().flatMapToInt(String::chars).filter(c -> c == '\n').count();
  }

  /** Returns what is wrong with the text; rethrows errors of the stream. */
  private static String describe(RuntimeException e) throws IOException {
    return switch (e.getCause()) {
      case UncheckedIOException inner -> describe(inner);
      case CharacterCodingException _ -> "is not UTF-8";
      case CsvCharReader.UnclosedQuoteException _ -> "is not CSV: a quoted field does not end";
      case IOException error -> throw error;
      case RuntimeException error -> throw error;
      case null, default -> "is not CSV: " + e.getMessage();
    };
  }

  private static @Nullable String headerProblem(List<String> columns) {
    Set<String> names = new HashSet<>();
    for (String column : columns) {
      if (column.isBlank()) {
        return "is a header row with a column that has no name";
      }
      if (!names.add(column)) {
        return "is a header row with two columns named " + column;
      }
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
