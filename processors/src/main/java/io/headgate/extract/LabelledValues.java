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
final class LabelledValues {

  private static final Evaluator ROWS = Selectors.parse("tr");
  private static final Evaluator TERMS = Selectors.parse("dt");
  private static final Set<String> CELLS = Set.of("td", "th");
  private static final int MAX_LABEL_LENGTH = 60;
  private static final int MAX_VALUES = 20_000;

  private final Map<String, List<FoundValue.TextValue>> byKey = new LinkedHashMap<>();
  private int size;

  private LabelledValues() {}

  static LabelledValues of(Element root, TimeBudget budget) throws InterruptedException {
    LabelledValues labels = new LabelledValues();
    for (Element row : Selectors.all(root, ROWS, budget)) {
      labels.addRow(row);
    }
    for (Element term : Selectors.all(root, TERMS, budget)) {
      labels.addTerm(term);
    }
    List<TextLines.TextLine> lines = TextLines.of(root);
    for (int i = 0; i < lines.size(); i++) {
      budget.step();
      TextLines.TextLine line = lines.get(i);
      String next = i + 1 < lines.size() ? lines.get(i + 1).text() : "";
      labels.addLine(line.text(), next, line.block());
    }
    return labels;
  }

  static LabelledValues of(String text, TimeBudget budget) throws InterruptedException {
    LabelledValues labels = new LabelledValues();
    String[] lines = text.split("\\R", -1);
    for (int i = 0; i < lines.length; i++) {
      budget.step();
      labels.addLine(lines[i].strip(), i + 1 < lines.length ? lines[i + 1].strip() : "", null);
    }
    return labels;
  }

  List<FoundValue.TextValue> values(PropertyNames names) {
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
      cells.stream()
          .skip(1)
          .forEach(cell -> put(label, new FoundValue.TextValue(cell.text(), cell)));
    }
  }

  private void addTerm(Element term) {
    for (Element sibling = term.nextElementSibling();
        sibling != null && !sibling.normalName().equals("dt");
        sibling = sibling.nextElementSibling()) {
      if (sibling.normalName().equals("dd")) {
        put(term.text(), new FoundValue.TextValue(sibling.text(), sibling));
      }
    }
  }

  /** Adds {@code Label: value}, or the next line as the value of {@code Label:}. */
  private void addLine(String line, String next, @Nullable Element block) {
    int colon = line.indexOf(':');
    if (colon < 1
        || colon > MAX_LABEL_LENGTH
        || (colon + 1 < line.length() && !spaceAt(line, colon + 1))) {
      return;
    }
    String value = line.substring(colon + 1).strip();
    if (!value.isEmpty()) {
      put(line.substring(0, colon), new FoundValue.TextValue(value, block));
    } else if (!next.isEmpty() && !next.endsWith(":")) {
      put(line.substring(0, colon), new FoundValue.TextValue(next, null));
    }
  }

  private static boolean spaceAt(String line, int index) {
    return Character.isWhitespace(line.charAt(index)) || line.charAt(index) == '\u00a0';
  }

  private void put(String label, FoundValue.TextValue value) {
    if (label.length() > MAX_LABEL_LENGTH || value.text().isBlank() || size >= MAX_VALUES) {
      return;
    }
    for (String key : PropertyNames.keysOfLabel(label)) {
      if (!key.isEmpty()) {
        size++;
        byKey.computeIfAbsent(key, _ -> new ArrayList<>()).add(value);
      }
    }
  }

  /** Splits a value into its list entries, or at separators such as commas. */
  static List<FoundValue> parts(FoundValue.TextValue value) {
    Element element = value.element();
    if (element != null && value.text().equals(element.text())) {
      Elements entries = element.select("li");
      if (!entries.isEmpty()) {
        return entries.stream().map(FoundValue::of).toList();
      }
    }
    List<FoundValue> parts = new ArrayList<>();
    for (String part :
        value.text().split("[,;|•·]\\s+|\\s+[|•·]\\s+|(?<=\\p{L}),(?=\\p{L})|\\R", 1_000)) {
      if (!part.isBlank()) {
        parts.add(new FoundValue.TextValue(part.strip(), null));
      }
    }
    return parts;
  }
}
