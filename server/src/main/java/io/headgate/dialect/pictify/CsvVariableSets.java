package io.headgate.dialect.pictify;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.headgate.http.InputError;
import io.headgate.http.Problem;
import io.headgate.http.ProblemException;
import io.headgate.intake.CsvRows;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads variable sets from the rows of a CSV file. An empty cell gives its variable no value, so
 * its default applies. The cell of an array or object variable is JSON.
 *
 * @param field the field of the request with the file, for errors
 * @param maxRows the most rows that a caller accepts; one more is read, so that it can detect more
 */
record CsvVariableSets(String field, int maxRows) {

  /** Maps columns to variables. */
  @FunctionalInterface
  interface CsvMapping {

    /** Maps no column: the file is only checked. */
    CsvMapping NONE = columns -> List.of();

    /**
     * Returns the cells to read from each row.
     *
     * @param columns the names of the columns, in the order of the file
     */
    List<CsvCell> cells(List<String> columns);
  }

  /**
   * The variable that a cell is the value of.
   *
   * @param column from 0
   * @param json true if the cell is JSON
   */
  record CsvCell(int column, String variable, boolean json) {}

  /**
   * Returns one set per row.
   *
   * @throws ProblemException that names the line, and the column if there is one
   */
  List<JsonNode> read(byte[] csv, CsvMapping mapping) {
    try (CsvRows rows = new CsvRows(new ByteArrayInputStream(csv))) {
      if (rows.columns().isEmpty()) {
        throw invalid(1, "is missing: the file is empty");
      }
      List<CsvCell> cells = mapping.cells(rows.columns());
      List<JsonNode> sets = new ArrayList<>();
      CsvRecord row = rows.next();
      while (row != null && sets.size() <= maxRows) {
        sets.add(set(rows.columns(), row, cells));
        row = rows.next();
      }
      if (sets.isEmpty()) {
        throw invalid(2, "is missing: the file has column names and no row");
      }
      return sets;
    } catch (CsvRows.InvalidCsvException e) {
      throw invalid(e.line(), e.reason());
    } catch (IOException e) {
      throw new UncheckedIOException("reading CSV from memory failed", e);
    }
  }

  private ObjectNode set(List<String> columns, CsvRecord row, List<CsvCell> cells) {
    if (row.getFieldCount() < columns.size()) {
      throw invalid(
          row.getStartingLineNumber(),
          "has no column '%s': it has %d fields and needs %d"
              .formatted(columns.get(row.getFieldCount()), row.getFieldCount(), columns.size()));
    }
    if (row.getFieldCount() > columns.size()) {
      throw invalid(
          row.getStartingLineNumber(),
          "has fields after column '%s': it has %d fields and needs %d"
              .formatted(columns.getLast(), row.getFieldCount(), columns.size()));
    }
    ObjectNode set = JsonNodeFactory.instance.objectNode();
    for (CsvCell cell : cells) {
      String text = row.getField(cell.column());
      if (!text.isEmpty()) {
        set.set(cell.variable(), value(row, columns.get(cell.column()), cell, text));
      }
    }
    return set;
  }

  private JsonNode value(CsvRecord row, String column, CsvCell cell, String text) {
    if (!cell.json()) {
      return JsonNodeFactory.instance.stringNode(text);
    }
    try {
      return JsonMapper.shared().readTree(text);
    } catch (JacksonException e) {
      throw invalid(
          row.getStartingLineNumber(),
          "must have JSON in column '%s' for the variable %s".formatted(column, cell.variable()));
    }
  }

  private ProblemException invalid(long line, String why) {
    return Problem.invalid(InputError.field(field, "line " + line + " " + why)).asException();
  }
}
