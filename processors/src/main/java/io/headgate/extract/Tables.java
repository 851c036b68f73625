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
  private static final Set<String> BODY_PARTS = Set.of("thead", "tbody");

  private Tables() {}

  /** A row with its cells by column key. */
  record TableRow(Element element, Map<String, Element> cells) {

    Optional<Element> cell(PropertyNames names) {
      return names.keys().stream().filter(cells::containsKey).map(cells::get).findFirst();
    }
  }

  /**
   * Returns the rows of the table with the most matching columns. It must match two properties, or
   * all if there are fewer.
   */
  static List<TableRow> rowsFor(
      SchemaNode.ObjectSchema objectSchema, Element root, TimeBudget budget)
      throws InterruptedException {
    int bestMatches = Math.min(2, objectSchema.properties().size()) - 1;
    List<TableRow> best = List.of();
    for (Element table : Selectors.all(root, TABLES, budget)) {
      List<Element> rows = rows(table);
      List<List<String>> columns = rows.isEmpty() ? List.of() : columns(rows.getFirst());
      int matches = matches(objectSchema, columns);
      if (matches > bestMatches && rows.size() > 1) {
        bestMatches = matches;
        best = read(rows, columns);
      }
    }
    return best;
  }

  private static int matches(SchemaNode.ObjectSchema objectSchema, List<List<String>> columns) {
    Set<String> keys = columns.stream().flatMap(List::stream).collect(Collectors.toSet());
    return (int)
        objectSchema.properties().values().stream()
            .filter(property -> property.names().keys().stream().anyMatch(keys::contains))
            .count();
  }

  private static List<TableRow> read(List<Element> rows, List<List<String>> columns) {
    List<TableRow> read = new ArrayList<>();
    for (Element row : rows.subList(1, rows.size())) {
      List<Element> cells = cells(row);
      Map<String, Element> byColumn = new HashMap<>();
      for (int i = 0; i < Math.min(cells.size(), columns.size()); i++) {
        Element cell = cells.get(i);
        columns.get(i).forEach(key -> byColumn.putIfAbsent(key, cell));
      }
      // A single cell in a wider table is a heading or a note.
      if (cells.size() > 1 || columns.size() == 1) {
        read.add(new TableRow(row, byColumn));
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
      } else if (BODY_PARTS.contains(child.normalName())) {
        child.children().stream().filter(row -> row.normalName().equals("tr")).forEach(rows::add);
      }
    }
    return rows;
  }

  private static List<List<String>> columns(Element row) {
    return cells(row).stream().map(cell -> PropertyNames.keysOfLabel(cell.text())).toList();
  }

  private static List<Element> cells(Element row) {
    return row.children().stream().filter(cell -> CELLS.contains(cell.normalName())).toList();
  }
}
