package io.headgate.extract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;
import org.jsoup.select.Evaluator;
import org.jspecify.annotations.Nullable;

/** Values by their label: in table rows, definition lists and lines such as {@code Label: x}. */
final class Labels {

  private static final Evaluator ROWS = Selectors.parse("tr");
  private static final Evaluator TERMS = Selectors.parse("dt");
  private static final Set<String> CELLS = Set.of("td", "th");
  private static final int LONGEST_LABEL = 60;
  private static final int MOST = 20_000;

  private final Map<String, List<Value.Words>> byKey = new LinkedHashMap<>();
  private int size;

  private Labels() {}

  static Labels of(Element root, Effort effort) throws InterruptedException {
    Labels labels = new Labels();
    for (Element row : Selectors.all(root, ROWS, effort)) {
      labels.addRow(row);
    }
    for (Element term : Selectors.all(root, TERMS, effort)) {
      labels.addTerm(term);
    }
    List<TextLines.Line> lines = TextLines.of(root);
    for (int i = 0; i < lines.size(); i++) {
      effort.step();
      TextLines.Line line = lines.get(i);
      String next = i + 1 < lines.size() ? lines.get(i + 1).text() : "";
      labels.addLine(line.text(), next, line.block());
    }
    return labels;
  }

  static Labels of(String text, Effort effort) throws InterruptedException {
    Labels labels = new Labels();
    String[] lines = text.split("\\R", -1);
    for (int i = 0; i < lines.length; i++) {
      effort.step();
      labels.addLine(lines[i].strip(), i + 1 < lines.length ? lines[i + 1].strip() : "", null);
    }
    return labels;
  }

  List<Value.Words> values(Names names) {
    return names.keys().stream()
        .flatMap(key -> byKey.getOrDefault(key, List.of()).stream())
        .toList();
  }

  private void addRow(Element row) {
    List<Element> cells =
        row.children().stream().filter(cell -> CELLS.contains(cell.normalName())).toList();
    boolean labelled =
        cells.size() == 2 || (cells.size() > 2 && cells.getFirst().normalName().equals("th"));
    if (labelled && cells.get(1).normalName().equals("td")) {
      String label = cells.getFirst().text();
      cells.stream().skip(1).forEach(cell -> put(label, new Value.Words(cell.text(), cell)));
    }
  }

  private void addTerm(Element term) {
    for (Element at = term.nextElementSibling();
        at != null && !at.normalName().equals("dt");
        at = at.nextElementSibling()) {
      if (at.normalName().equals("dd")) {
        put(term.text(), new Value.Words(at.text(), at));
      }
    }
  }

  /** Adds {@code Label: value}, or the next line as the value of {@code Label:}. */
  private void addLine(String line, String next, @Nullable Element block) {
    int colon = line.indexOf(':');
    if (colon < 1
        || colon > LONGEST_LABEL
        || (colon + 1 < line.length() && !spaceAt(line, colon + 1))) {
      return;
    }
    String value = line.substring(colon + 1).strip();
    if (!value.isEmpty()) {
      put(line.substring(0, colon), new Value.Words(value, block));
    } else if (!next.isEmpty() && !next.endsWith(":")) {
      put(line.substring(0, colon), new Value.Words(next, null));
    }
  }

  private static boolean spaceAt(String line, int at) {
    return Character.isWhitespace(line.charAt(at)) || line.charAt(at) == '\u00a0';
  }

  private void put(String label, Value.Words value) {
    if (label.length() > LONGEST_LABEL || value.text().isBlank() || size >= MOST) {
      return;
    }
    for (String key : Names.keysOfLabel(label)) {
      if (!key.isEmpty()) {
        size++;
        byKey.computeIfAbsent(key, _ -> new ArrayList<>()).add(value);
      }
    }
  }

  /** Splits a value into its list entries, or at separators such as commas. */
  static List<Value> parts(Value.Words value) {
    Element element = value.element();
    if (element != null && value.text().equals(element.text())) {
      Elements entries = element.select("li");
      if (!entries.isEmpty()) {
        return entries.stream().map(Value::of).toList();
      }
    }
    List<Value> parts = new ArrayList<>();
    for (String part :
        value.text().split("[,;|•·]\\s+|\\s+[|•·]\\s+|(?<=\\p{L}),(?=\\p{L})|\\R", 1_000)) {
      if (!part.isBlank()) {
        parts.add(new Value.Words(part.strip(), null));
      }
    }
    return parts;
  }
}
