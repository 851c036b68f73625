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
 * Variable sets out of the rows of a CSV file. An empty cell gives its variable no value, so that
 * its default holds. The cell of a list or an object is JSON.
 *
 * @param field of the request that the file came by, for refusals
 * @param most rows; one more than that is read, so that the caller can tell
 */
record CsvSets(String field, int most) {

  /** Says what becomes of columns. */
  @FunctionalInterface
  interface Mapping {

    /** Every column is looked at and none is kept. */
    Mapping NOTHING = columns -> List.of();

    /**
     * @param columns by name, in the order of the file
     */
    List<Cell> cells(List<String> columns);
  }

  /**
   * What becomes of a cell.
   *
   * @param column from 0
   * @param json the cell is read as JSON
   */
  record Cell(int column, String variable, boolean json) {}

  /**
   * The sets, a row each.
   *
   * @throws ProblemException naming the line, and the column where it is one
   */
  List<JsonNode> read(byte[] csv, Mapping mapping) {
    try (CsvRows rows = new CsvRows(new ByteArrayInputStream(csv))) {
      if (rows.columns().isEmpty()) {
        throw wrong(1, "is missing: the file is empty");
      }
      List<Cell> cells = mapping.cells(rows.columns());
      List<JsonNode> sets = new ArrayList<>();
      CsvRecord row = rows.next();
      while (row != null && sets.size() <= most) {
        sets.add(set(rows.columns(), row, cells));
        row = rows.next();
      }
      if (sets.isEmpty()) {
        throw wrong(2, "is missing: the file has column names and no row");
      }
      return sets;
    } catch (CsvRows.Broken e) {
      throw wrong(e.line(), e.why());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // of bytes in memory: cannot be
    }
  }

  private ObjectNode set(List<String> columns, CsvRecord row, List<Cell> cells) {
    if (row.getFieldCount() < columns.size()) {
      throw wrong(
          row.getStartingLineNumber(),
          "ends before column '%s': it has %d fields, not %d"
              .formatted(columns.get(row.getFieldCount()), row.getFieldCount(), columns.size()));
    }
    if (row.getFieldCount() > columns.size()) {
      throw wrong(
          row.getStartingLineNumber(),
          "goes on after column '%s': it has %d fields, not %d"
              .formatted(columns.getLast(), row.getFieldCount(), columns.size()));
    }
    ObjectNode set = JsonNodeFactory.instance.objectNode();
    for (Cell cell : cells) {
      String text = row.getField(cell.column());
      if (!text.isEmpty()) {
        set.set(cell.variable(), value(row, columns.get(cell.column()), cell, text));
      }
    }
    return set;
  }

  private JsonNode value(CsvRecord row, String column, Cell cell, String text) {
    if (!cell.json()) {
      return JsonNodeFactory.instance.stringNode(text);
    }
    try {
      return JsonMapper.shared().readTree(text);
    } catch (JacksonException e) {
      throw wrong(
          row.getStartingLineNumber(),
          "has no JSON in column '%s', which the variable %s is made of"
              .formatted(column, cell.variable()));
    }
  }

  private ProblemException wrong(long line, String why) {
    return Problem.invalid(InputError.field(field, "line " + line + " " + why)).asException();
  }
}
