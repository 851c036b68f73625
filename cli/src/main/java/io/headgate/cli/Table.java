package io.headgate.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Formats rows as aligned columns. A titled column of numbers is aligned to the right. */
final class Table {

  private static final String GAP = "  ";

  private final boolean titled;
  private final List<List<String>> rows = new ArrayList<>();

  private Table(boolean titled) {
    this.titled = titled;
  }

  /** Creates a table with column titles. */
  static Table of(String... titles) {
    Table table = new Table(true);
    table.rows.add(List.of(titles));
    return table;
  }

  /** Creates a table of names and values without titles. */
  static Table ofFacts() {
    return new Table(false);
  }

  /** Adds a row; a null cell is shown as {@code -}. */
  Table row(@Nullable Object... cells) {
    List<String> row = new ArrayList<>(cells.length);
    for (Object cell : cells) {
      row.add(cell == null ? "-" : cell.toString());
    }
    rows.add(row);
    return this;
  }

  /** Adds a row unless {@code fact} is null. */
  Table fact(String name, @Nullable Object fact) {
    return fact == null ? this : row(name, fact);
  }

  @Override
  public String toString() {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    int[] widths = new int[columns];
    boolean[] numbers = new boolean[columns];
    for (int column = 0; column < columns; column++) {
      widths[column] = width(column);
      numbers[column] = allNumbers(column);
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      text.append(line(row, widths, numbers)).append('\n');
    }
    return text.toString();
  }

  private static String line(List<String> row, int[] widths, boolean[] numbers) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < row.size(); column++) {
      String cell = row.get(column);
      String pad = " ".repeat(widths[column] - cell.length());
      line.append(column == 0 ? "" : GAP).append(numbers[column] ? pad + cell : cell + pad);
    }
    return line.toString().stripTrailing();
  }

  private int width(int column) {
    return rows.stream()
        .filter(row -> row.size() > column)
        .mapToInt(row -> row.get(column).length())
        .max()
        .orElse(0);
  }

  private boolean allNumbers(int column) {
    return titled
        && rows.size() > 1
        && rows.stream()
            .skip(1)
            .filter(row -> row.size() > column)
            .allMatch(row -> row.get(column).matches("[-0-9][0-9,.]*%?"));
  }
}
