package io.headgate.batch;

import io.headgate.batch.ItemLifecycle.ItemContext;
import io.headgate.batch.ItemLifecycle.ItemTransition;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The transition that follows each result of an attempt, written independently of the code. */
final class ItemLifecycleTable {

  /** The limits of the examples: three attempts, 10 s before the second, at most 15 s. */
  static final Limits LIMITS =
      new Limits(null, Duration.ofSeconds(60), 3, Duration.ofSeconds(10), Duration.ofSeconds(15));

  private static final String SUCCEEDED = "succeeded";
  private static final String FAILED = "failed (upstream)";
  private static final String INTERRUPTED = "cancelled (interrupted)";
  private static final String ABANDONED = "cancelled (abandoned)";
  private static final String NODE_LOST = "cancelled (node-lost)";

  /**
   * @param going the transition while nothing stops the item
   * @param stopping the transition when its batch is fenced, the item has a stop order, or both
   */
  record ItemTableRow(
      String label, AttemptResult ending, int failures, int losses, String going, String stopping) {

    ItemContext standing(boolean fenced, boolean interrupted) {
      return new ItemContext(failures, losses, fenced, interrupted);
    }

    String expected(boolean fenced, boolean interrupted) {
      return fenced || interrupted ? stopping : going;
    }
  }

  static final List<ItemTableRow> ROWS =
      List.of(
          new ItemTableRow(
              "succeeded", new AttemptResult.AttemptSucceeded("1"), 0, 0, SUCCEEDED, SUCCEEDED),
          new ItemTableRow(
              "succeeded after failures and losses",
              new AttemptResult.AttemptSucceeded("1"),
              2,
              4,
              SUCCEEDED,
              SUCCEEDED),
          new ItemTableRow("failed for now, first time", passing(0), 0, 0, waits(10, 1, 0), FAILED),
          new ItemTableRow(
              "failed for now, second time", passing(0), 1, 0, waits(15, 2, 0), FAILED),
          new ItemTableRow(
              "failed for now, `Retry-After` 40 s", passing(40), 0, 0, waits(40, 1, 0), FAILED),
          new ItemTableRow(
              "failed for now, `Retry-After` two hours",
              passing(7_200),
              0,
              0,
              waits(3_600, 1, 0),
              FAILED),
          new ItemTableRow("failed for now, last attempt", passing(0), 2, 0, FAILED, FAILED),
          new ItemTableRow("failed for good", failed(false, 0), 0, 0, FAILED, FAILED),
          new ItemTableRow(
              "ordered to stop, and did",
              new AttemptResult.Interrupted(),
              1,
              1,
              waits(0, 1, 1),
              INTERRUPTED),
          new ItemTableRow(
              "ordered to stop, and did not in time",
              new AttemptResult.Abandoned(),
              1,
              1,
              waits(0, 1, 1),
              ABANDONED),
          new ItemTableRow(
              "handed back by a node that stops",
              new AttemptResult.HandedBack(),
              1,
              1,
              waits(0, 1, 1),
              INTERRUPTED),
          new ItemTableRow(
              "could not start: a resource was busy",
              new AttemptResult.NotStarted("upstream", "no browser was free"),
              2,
              1,
              waits(0, 2, 1),
              FAILED),
          new ItemTableRow(
              "its node died", new AttemptResult.Lost(), 2, 0, waits(0, 2, 1), NODE_LOST),
          new ItemTableRow(
              "its node died, fourth time",
              new AttemptResult.Lost(),
              0,
              3,
              waits(0, 0, 4),
              NODE_LOST),
          new ItemTableRow(
              "its node died, fifth time",
              new AttemptResult.Lost(),
              0,
              4,
              "failed (node-lost)",
              NODE_LOST));

  private ItemLifecycleTable() {}

  private static AttemptResult passing(int retryAfterSeconds) {
    return failed(true, retryAfterSeconds);
  }

  private static AttemptResult failed(boolean passing, int retryAfterSeconds) {
    Optional<Duration> retryAfter =
        Optional.of(Duration.ofSeconds(retryAfterSeconds)).filter(Duration::isPositive);
    return new AttemptResult.AttemptFailed("upstream", "502 Bad Gateway", passing, retryAfter);
  }

  private static String waits(int seconds, int failures, int losses) {
    return String.format(
        Locale.ROOT, "waits %d s (failures %d, losses %d)", seconds, failures, losses);
  }

  /** The transition, as the table shows it. */
  static String word(ItemTransition transition) {
    return switch (transition) {
      case ItemTransition.SettleItem(ItemState state, String code, String message) ->
          code.isEmpty() ? state.text() : state.text() + " (" + code + ")";
      case ItemTransition.RetryItem(
              Duration delay,
              int failures,
              int losses,
              String code,
              String message) ->
          waits((int) delay.toSeconds(), failures, losses);
    };
  }

  static String markdown() {
    StringBuilder table = new StringBuilder();
    table.append("| how the attempt ended | failures before | losses before |");
    table.append(" nothing stops the item | fenced or ordered to stop |\n|---|---|---|---|---|\n");
    for (ItemTableRow row : ROWS) {
      table.append(
          "| %s | %d | %d | %s | %s |\n"
              .formatted(row.label(), row.failures(), row.losses(), row.going(), row.stopping()));
    }
    return table.toString();
  }
}
