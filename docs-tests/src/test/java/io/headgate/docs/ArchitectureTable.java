package io.headgate.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The tables of modules and packages in ARCHITECTURE.md. They stand nowhere else. */
final class ArchitectureTable {

  static final Path ROOT = Path.of("..");

  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern ARROW = Pattern.compile("^\\s+(\\S+) --> (.+)$", Pattern.MULTILINE);

  /**
   * One package of the table.
   *
   * @param name below {@code io.headgate}; empty for that package itself
   * @param uses the other packages it may depend on
   */
  record Row(String name, String module, Set<String> uses) {

    boolean contains(String packageName) {
      return packageName.equals(name) || (!name.isEmpty() && packageName.startsWith(name + "."));
    }
  }

  /** A dependency between two modules, as the drawing shows it. */
  record Arrow(String from, String to) {}

  private final List<Row> rows = new ArrayList<>();
  private final Set<Arrow> arrows;

  private ArchitectureTable(String page) {
    section(page, "Packages").lines().filter(line -> line.startsWith("| `")).forEach(this::add);
    arrows =
        ARROW
            .matcher(section(page, "Modules"))
            .results()
            .flatMap(arrow ->
                Pattern.compile(" & ")
                    .splitAsStream(arrow.group(2))
                    .map(to -> new Arrow(arrow.group(1), to.strip())))
            .collect(Collectors.toSet());
  }

  static ArchitectureTable read() {
    try {
      return new ArchitectureTable(Files.readString(ROOT.resolve("ARCHITECTURE.md")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Row> rows() {
    return List.copyOf(rows);
  }

  Set<Arrow> arrows() {
    return arrows;
  }

  Set<String> modules() {
    return rows.stream().map(Row::module).collect(Collectors.toSet());
  }

  /**
   * Returns the row of a package: the one with the longest name that contains it.
   *
   * @param packageName below {@code io.headgate}; empty for that package itself
   */
  Optional<Row> row(String packageName) {
    return rows.stream()
        .filter(row -> row.contains(packageName))
        .max((a, b) -> Integer.compare(a.name().length(), b.name().length()));
  }

  /** The cells: packages, module, purpose, allowed dependencies. */
  private void add(String line) {
    String[] cells = line.split("\\|", -1);
    Set<String> uses =
        codes(cells[4]).stream().map(ArchitectureTable::name).collect(Collectors.toSet());
    for (String name : codes(cells[1])) {
      rows.add(new Row(name(name), codes(cells[2]).getFirst(), uses));
    }
  }

  private static String name(String cell) {
    return cell.equals("io.headgate") ? "" : cell;
  }

  private static List<String> codes(String cell) {
    return CODE.matcher(cell).results().map((MatchResult found) -> found.group(1)).toList();
  }

  private static String section(String page, String heading) {
    int start = page.indexOf("\n## " + heading + "\n");
    if (start < 0) {
      throw new IllegalStateException("ARCHITECTURE.md has no section " + heading);
    }
    int end = page.indexOf("\n## ", start + 4);
    return page.substring(start, end < 0 ? page.length() : end);
  }
}
