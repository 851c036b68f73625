package io.headgate.bench;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Prints figures, and writes them into a page between the markers of their comparison. */
final class Report {

  private Report() {}

  static void printLine(String line) {
    System.out.println(line);
    System.out.flush();
  }

  static void print(List<Figure> figures) {
    for (Figure figure : figures) {
      printLine("  " + sentence(figure));
    }
  }

  /** The reason of a failure in one line: every cause in order, without repetitions. */
  static String reason(Throwable failure) {
    Set<String> causes = new LinkedHashSet<>();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = cause.getMessage();
      String kind = cause.getClass().getSimpleName();
      boolean fileOnly = cause instanceof FileSystemException; // its message is only a path
      causes.add(message == null ? kind : fileOnly ? kind + " " + message : message);
    }
    return String.join(": ", causes).replaceAll("\\s+", " ");
  }

  private static String sentence(Figure figure) {
    List<String> parts = new ArrayList<>();
    parts.add(figure.what() + ": " + figure.measured());
    if (!figure.comparedWith().isEmpty()) {
      parts.add("compared with " + figure.comparedWith());
    }
    if (!figure.ratio().isEmpty()) {
      parts.add("ratio " + figure.ratio());
    }
    if (!figure.goal().isEmpty()) {
      parts.add("goal " + figure.goal() + ": " + figure.verdict());
    }
    return String.join(" | ", parts);
  }

  /**
   * Replaces the text between the markers of {@code comparison} and keeps the rest of the page.
   *
   * @throws IOException when the page has no such markers
   */
  static void write(Path page, Comparison comparison, List<Figure> figures) throws IOException {
    write(page, comparison.name(), table(figures));
  }

  /**
   * Replaces the text between the markers of {@code name} and keeps the rest of the page.
   *
   * @throws IOException when the page has no such markers
   */
  static void write(Path page, String name, String figures) throws IOException {
    String text = Files.readString(page);
    String begin = "<!-- figures: " + name + " -->\n";
    String end = "<!-- end of figures: " + name + " -->";
    int from = text.indexOf(begin);
    int to = text.indexOf(end);
    if (from < 0 || to < from) {
      throw new IOException(page + " has no markers for the figures of " + name);
    }
    String before = text.substring(0, from + begin.length());
    Files.writeString(page, before + "\n" + figures + "\n" + text.substring(to));
  }

  private static String table(List<Figure> figures) {
    return Machine.describe()
        + "\n\n| what | measured | compared with | ratio | goal | |\n|---|---|---|---|---|---|\n"
        + figures.stream().map(Report::row).collect(Collectors.joining());
  }

  private static String row(Figure figure) {
    return "| %s | %s | %s | %s | %s | %s |\n"
        .formatted(
            figure.what(),
            figure.measured(),
            figure.comparedWith(),
            figure.ratio(),
            figure.goal(),
            figure.verdict());
  }
}
