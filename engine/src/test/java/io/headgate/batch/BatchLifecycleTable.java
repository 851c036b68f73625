package io.headgate.batch;

import io.headgate.batch.Lifecycle.Event;
import io.headgate.batch.Lifecycle.Transition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What each event does to a batch in each state, written down beside the code that decides it. */
final class BatchLifecycleTable {

  private static final String STAYS = "stays";
  private static final String REFUSED = "refused";

  /**
   * @param cells one for each state, in the order of the states
   */
  record BatchTableRow(String label, Event event, List<String> cells) {

    String cell(BatchState state) {
      return cells.get(List.of(BatchState.values()).indexOf(state));
    }
  }

  // The columns: pending, running, completed, partial, failed, cancelling, cancelled.
  static final List<BatchTableRow> ROWS =
      List.of(
          row(
              "started: its first items were claimed",
              new Event.Started(),
              "running",
              STAYS,
              REFUSED,
              REFUSED,
              REFUSED,
              REFUSED,
              REFUSED),
          row(
              "drained, every item succeeded",
              drained(10, 0, 0),
              "completed",
              "completed",
              STAYS,
              STAYS,
              STAYS,
              "cancelled",
              STAYS),
          row(
              "drained, some items failed",
              drained(6, 4, 0),
              "partial",
              "partial",
              STAYS,
              STAYS,
              STAYS,
              "cancelled",
              STAYS),
          row(
              "drained, every item failed",
              drained(0, 10, 0),
              "failed",
              "failed",
              STAYS,
              STAYS,
              STAYS,
              "cancelled",
              STAYS),
          row(
              "drained, succeeded or cancelled singly",
              drained(7, 0, 3),
              "completed",
              "completed",
              STAYS,
              STAYS,
              STAYS,
              "cancelled",
              STAYS),
          row(
              "drained, failed or cancelled singly",
              drained(0, 7, 3),
              "failed",
              "failed",
              STAYS,
              STAYS,
              STAYS,
              "cancelled",
              STAYS),
          row(
              "drained, every item cancelled singly",
              drained(0, 0, 10),
              "completed",
              "completed",
              STAYS,
              STAYS,
              STAYS,
              "cancelled",
              STAYS),
          row(
              "cancelled while nothing runs",
              new Event.Cancelled(0),
              "cancelled",
              "cancelled",
              REFUSED,
              REFUSED,
              REFUSED,
              STAYS,
              STAYS),
          row(
              "cancelled while items run",
              new Event.Cancelled(3),
              "cancelling",
              "cancelling",
              REFUSED,
              REFUSED,
              REFUSED,
              STAYS,
              STAYS),
          row(
              "retried: its failed items wait again",
              new Event.Retried(),
              STAYS,
              STAYS,
              "running",
              "running",
              "running",
              REFUSED,
              REFUSED));

  private BatchLifecycleTable() {}

  private static BatchTableRow row(String label, Event event, String... cells) {
    return new BatchTableRow(label, event, List.of(cells));
  }

  private static Event drained(int succeeded, int failed, int cancelled) {
    return new Event.Drained(
        new Counts(succeeded + failed + cancelled, 0, 0, succeeded, failed, cancelled));
  }

  /** What the law says, in the words of the table. */
  static String word(Transition transition) {
    return switch (transition) {
      case Transition.MoveTo(BatchState state) -> state.text();
      case Transition.Stay() -> STAYS;
      case Transition.Refused() -> REFUSED;
    };
  }

  static String markdown() {
    StringBuilder table = new StringBuilder("| event |");
    for (BatchState state : BatchState.values()) {
      table.append(' ').append(state.text()).append(" |");
    }
    table.append("\n|---|").append("---|".repeat(BatchState.values().length)).append('\n');
    for (BatchTableRow row : ROWS) {
      table.append("| ").append(row.label()).append(" |");
      row.cells().forEach(cell -> table.append(' ').append(bold(cell)).append(" |"));
      table.append('\n');
    }
    return table.toString();
  }

  private static String bold(String cell) {
    return cell.equals(STAYS) || cell.equals(REFUSED) ? cell : "**" + cell + "**";
  }

  /** The moves of the table as a Mermaid diagram; arrows between the same states are one. */
  static String diagram() {
    Map<String, Set<String>> arrows = new LinkedHashMap<>();
    for (BatchTableRow row : ROWS) {
      for (BatchState state : BatchState.values()) {
        if (!row.cell(state).equals(STAYS) && !row.cell(state).equals(REFUSED)) {
          arrows
              .computeIfAbsent(
                  state.text() + " --> " + row.cell(state), arrow -> new LinkedHashSet<>())
              .add(row.event().getClass().getSimpleName().toLowerCase(Locale.ROOT));
        }
      }
    }
    List<String> lines = new ArrayList<>(List.of("stateDiagram-v2", "    [*] --> pending"));
    arrows.forEach((arrow, events) -> lines.add("    " + arrow + ": " + String.join(", ", events)));
    lines.add("    cancelled --> [*]");
    return "```mermaid\n" + String.join("\n", lines) + "\n```\n";
  }
}
