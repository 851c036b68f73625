package io.headgate.engine;

import io.headgate.db.CopyWriter;
import io.headgate.db.Tx;
import io.headgate.engine.ResultRow.AttemptOutput;
import java.util.List;
import java.util.UUID;
import java.util.function.ToLongFunction;

/** Appends results; nothing ever changes one. */
final class ResultStore {

  /** By COPY: outputs can be long, and bound as arrays each would be copied some five times. */
  private static final String APPEND =
      """
      copy result (batch_id, ordinal, attempt, outcome, final, claim_epoch, epoch, node_id,
                   started_at, finished_at, output, output_compressed, output_bytes,
                   error_code, error_message)
      from stdin (format binary)
      """;

  private static final int COLUMNS = 15;

  private ResultStore() {}

  /**
   * @param epoch the epoch each row's batch gets in this transaction
   */
  static void append(Tx tx, List<ResultRow> rows, ToLongFunction<UUID> epoch) {
    if (!rows.isEmpty()) {
      tx.copy(
          APPEND, copy -> rows.forEach(row -> append(copy, row, epoch.applyAsLong(row.batchId()))));
    }
  }

  private static void append(CopyWriter copy, ResultRow row, long epoch) {
    ResultRow.AttemptStart start = row.start();
    copy.row(COLUMNS)
        .uuid(row.batchId())
        .integer(row.ordinal())
        .integer(row.attempt())
        .text(row.outcome().text())
        .flag(row.isFinal())
        .bigint(start == null ? null : start.epoch())
        .bigint(epoch)
        .bigint(start == null ? null : start.nodeId())
        .timestamp(start == null ? null : start.at())
        .timestamp(row.finishedAt());
    switch (row.output()) {
      case AttemptOutput.JsonOutput(String json) -> copy.longText(json).text(null).text(null);
      case AttemptOutput.ErrorReason(String code, String message) ->
          copy.longText(null).text(code).text(message);
    }
  }
}
