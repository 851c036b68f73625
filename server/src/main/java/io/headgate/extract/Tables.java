package io.headgate.extract;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jsoup.nodes.Element;
import org.jsoup.select.Evaluator;

/** Reads tables whose first row names the columns. */
final class Tables {

  private static final Evaluator TABLES = Selectors.parse("table");
  private static final Set<String> CELLS = Set.of("td", "th");

  /** Excludes tfoot, which holds totals. */
  private static final Set<String> PARTS = Set.of("thead", "tbody");

  private Tables() {}

  /** A row with its cells by column key. */
  record Row(Element element, Map<String, Element> cells) {

    Optional<Element> cell(Names names) {
      return names.keys().stream().filter(cells::containsKey).map(cells::get).findFirst();
    }
  }

  /**
   * Returns the rows of the table with the most matching columns. It must match two properties, or
   * all if there are fewer.
   */
  static List<Row> rowsFor(Shape.Group wanted, Element root, Effort effort)
      throws InterruptedException {
    int most = Math.min(2, wanted.properties().size()) - 1;
    List<Row> best = List.of();
    for (Element table : Selectors.all(root, TABLES, effort)) {
      List<Element> rows = rows(table);
      List<List<String>> columns = rows.isEmpty() ? List.of() : columns(rows.getFirst());
      int matches = matches(wanted, columns);
      if (matches > most && rows.size() > 1) {
        most = matches;
        best = read(rows, columns);
      }
    }
    return best;
  }

  private static int matches(Shape.Group wanted, List<List<String>> columns) {
    Set<String> keys = columns.stream().flatMap(List::stream).collect(Collectors.toSet());
    return (int)
        wanted.properties().values().stream()
            .filter(property -> property.names().keys().stream().anyMatch(keys::contains))
            .count();
  }

  private static List<Row> read(List<Element> rows, List<List<String>> columns) {
    List<Row> read = new ArrayList<>();
    for (Element row : rows.subList(1, rows.size())) {
      List<Element> cells = cells(row);
      Map<String, Element> byColumn = new HashMap<>();
      for (int i = 0; i < Math.min(cells.size(), columns.size()); i++) {
        Element cell = cells.get(i);
        columns.get(i).forEach(key -> byColumn.putIfAbsent(key, cell));
      }
      // A single cell in a wider table is a heading or a note.
      if (cells.size() > 1 || columns.size() == 1) {
        read.add(new Row(row, byColumn));
      }
    }
    return read;
  }

  /** Returns the rows of the table itself, without those of nested tables. */
  private static List<Element> rows(Element table) {
    List<Element> rows = new ArrayList<>();
    for (Element child : table.children()) {
      if (child.normalName().equals("tr")) {
        rows.add(child);
      } else if (PARTS.contains(child.normalName())) {
        child.children().stream().filter(row -> row.normalName().equals("tr")).forEach(rows::add);
      }
    }
    return rows;
  }

  private static List<List<String>> columns(Element row) {
    return cells(row).stream().map(cell -> Names.keysOfLabel(cell.text())).toList();
  }

  private static List<Element> cells(Element row) {
    return row.children().stream().filter(cell -> CELLS.contains(cell.normalName())).toList();
  }
}
