package io.headgate.batch;

import io.headgate.batch.ItemLaw.Standing;
import io.headgate.batch.ItemLaw.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What follows each ending of an attempt, written down beside the code that decides it. */
final class ItemTable {

  /** The limits of the examples: three attempts, 10 s before the second, at most 15 s. */
  static final Limits LIMITS =
      new Limits(null, Duration.ofSeconds(60), 3, Duration.ofSeconds(10), Duration.ofSeconds(15));

  private static final String SUCCEEDED = "succeeded";
  private static final String FAILED = "failed (upstream)";
  private static final String INTERRUPTED = "cancelled (interrupted)";
  private static final String ABANDONED = "cancelled (abandoned)";
  private static final String NODE_LOST = "cancelled (node-lost)";

  /**
   * @param going what follows while nothing stops the item
   * @param stopping what follows when its batch is fenced, or it was told to stop by itself, or
   *     both
   */
  record Row(String label, Ending ending, int failures, int losses, String going, String stopping) {

    Standing standing(boolean fenced, boolean interrupted) {
      return new Standing(failures, losses, fenced, interrupted);
    }

    String expected(boolean fenced, boolean interrupted) {
      return fenced || interrupted ? stopping : going;
    }
  }

  static final List<Row> ROWS =
      List.of(
          new Row("succeeded", new Ending.Succeeded("1"), 0, 0, SUCCEEDED, SUCCEEDED),
          new Row(
              "succeeded after failures and losses",
              new Ending.Succeeded("1"),
              2,
              4,
              SUCCEEDED,
              SUCCEEDED),
          new Row("failed for now, first time", passing(0), 0, 0, waits(10, 1, 0), FAILED),
          new Row("failed for now, second time", passing(0), 1, 0, waits(15, 2, 0), FAILED),
          new Row("failed for now, `Retry-After` 40 s", passing(40), 0, 0, waits(40, 1, 0), FAILED),
          new Row(
              "failed for now, `Retry-After` two hours",
              passing(7_200),
              0,
              0,
              waits(3_600, 1, 0),
              FAILED),
          new Row("failed for now, last attempt", passing(0), 2, 0, FAILED, FAILED),
          new Row("failed for good", failed(false, 0), 0, 0, FAILED, FAILED),
          new Row(
              "told to stop, and did", new Ending.Interrupted(), 1, 1, waits(0, 1, 1), INTERRUPTED),
          new Row(
              "told to stop, and did not in time",
              new Ending.Abandoned(),
              1,
              1,
              waits(0, 1, 1),
              ABANDONED),
          new Row(
              "handed back by a node that stops",
              new Ending.HandedBack(),
              1,
              1,
              waits(0, 1, 1),
              INTERRUPTED),
          new Row(
              "found no room to begin",
              new Ending.Unbegun("upstream", "no browser was free"),
              2,
              1,
              waits(0, 2, 1),
              FAILED),
          new Row("its node died", new Ending.Lost(), 2, 0, waits(0, 2, 1), NODE_LOST),
          new Row("its node died, fourth time", new Ending.Lost(), 0, 3, waits(0, 0, 4), NODE_LOST),
          new Row(
              "its node died, fifth time",
              new Ending.Lost(),
              0,
              4,
              "failed (node-lost)",
              NODE_LOST));

  private ItemTable() {}

  private static Ending passing(int retryAfterSeconds) {
    return failed(true, retryAfterSeconds);
  }

  private static Ending failed(boolean passing, int retryAfterSeconds) {
    Optional<Duration> retryAfter =
        Optional.of(Duration.ofSeconds(retryAfterSeconds)).filter(Duration::isPositive);
    return new Ending.Failed("upstream", "502 Bad Gateway", passing, retryAfter);
  }

  private static String waits(int seconds, int failures, int losses) {
    return String.format(
        Locale.ROOT, "waits %d s (failures %d, losses %d)", seconds, failures, losses);
  }

  /** What the law says, in the words of the table. */
  static String word(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Settle(ItemState state, String code, String message) ->
          code.isEmpty() ? state.word() : state.word() + " (" + code + ")";
      case Verdict.Wait(Duration delay, int failures, int losses, String code, String message) ->
          waits((int) delay.toSeconds(), failures, losses);
    };
  }

  static String markdown() {
    StringBuilder table = new StringBuilder();
    table.append("| how the attempt ended | failures before | losses before |");
    table.append(" nothing stops the item | fenced or told to stop |\n|---|---|---|---|---|\n");
    for (Row row : ROWS) {
      table.append(
          "| %s | %d | %d | %s | %s |\n"
              .formatted(row.label(), row.failures(), row.losses(), row.going(), row.stopping()));
    }
    return table.toString();
  }
}
