package io.headgate.bench;

import io.headgate.client.Batch;
import io.headgate.client.NewBatch;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** Runs a batch from its submit to its end. */
final class BatchRun {

  private static final Duration TIMEOUT = Duration.ofMinutes(3);

  private BatchRun() {}

  /**
   * Submits a batch and returns the rate at which its items succeeded.
   *
   * @throws IllegalStateException when an item failed
   */
  static Rate rate(BenchServer server, NewBatch batch, String lines, String unit) throws Exception {
    byte[] items = lines.getBytes(StandardCharsets.UTF_8);
    server.checkpoint();
    long before = System.nanoTime();
    String id = server.submit(batch, items).id();
    String unfinished =
        "select count(*) from batch where id = '" + id + "' and finished_at is null";
    Polling.untilSlowly("the batch has ended", TIMEOUT, () -> server.count(unfinished) == 0);
    long nanos = System.nanoTime() - before;
    Batch finished = server.client().batch(id).value();
    printFailedAttempts(server, id);
    if (finished.counts().succeeded() != finished.counts().total()) {
      throw new IllegalStateException(
          "only %,d of %,d %s succeeded"
              .formatted(finished.counts().succeeded(), finished.counts().total(), unit));
    }
    return Rate.of(finished.counts().total(), nanos, unit);
  }

  /** Prints failed attempts, because their retries cost time. */
  private static void printFailedAttempts(BenchServer server, String batch) throws SQLException {
    try (Statement statement = server.statistics().createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                select error_code, min(error_message) as example, count(*) as times from result
                where batch_id = '%s' and outcome = 'failed' group by error_code
                """
                    .formatted(batch))) {
      while (row.next()) {
        Report.printLine(
            "  %,d attempts failed with %s: %s"
                .formatted(
                    row.getLong("times"), row.getString("error_code"), row.getString("example")));
      }
    }
  }
}
