package io.headgate.bench;

import io.headgate.client.Batch;
import io.headgate.client.NewBatch;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** Runs a batch from its submit to its end. */
final class Ended {

  private static final Duration LONGEST = Duration.ofMinutes(3);

  private Ended() {}

  /**
   * Submits a batch and returns the rate at which its items succeeded.
   *
   * @throws IllegalStateException when an item failed
   */
  static Rate rate(House house, NewBatch batch, String lines, String unit) throws Exception {
    byte[] items = lines.getBytes(StandardCharsets.UTF_8);
    house.settleDisk();
    long before = System.nanoTime();
    String id = house.submit(batch, items).id();
    String unfinished =
        "select count(*) from batch where id = '" + id + "' and finished_at is null";
    Waiting.calmly("the batch has ended", LONGEST, () -> house.count(unfinished) == 0);
    long nanos = System.nanoTime() - before;
    Batch ended = house.client().batch(id).value();
    sayWhatFailed(house, id);
    if (ended.counts().succeeded() != ended.counts().total()) {
      throw new IllegalStateException(
          "only %,d of %,d %s succeeded"
              .formatted(ended.counts().succeeded(), ended.counts().total(), unit));
    }
    return Rate.of(ended.counts().total(), nanos, unit);
  }

  /** Prints failed attempts, because their retries cost time. */
  private static void sayWhatFailed(House house, String batch) throws SQLException {
    try (Statement statement = house.watch().createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                select error_code, min(error_message) as example, count(*) as times from result
                where batch_id = '%s' and outcome = 'failed' group by error_code
                """
                    .formatted(batch))) {
      while (row.next()) {
        Report.say(
            "  %,d attempts failed with %s: %s"
                .formatted(
                    row.getLong("times"), row.getString("error_code"), row.getString("example")));
      }
    }
  }
}
