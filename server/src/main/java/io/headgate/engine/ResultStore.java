package io.headgate.engine;

import io.headgate.db.Column;
import io.headgate.db.Tx;
import io.headgate.engine.ResultRow.What;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Appends results; nothing ever changes one. */
final class ResultStore {

  private static final String APPEND =
      """
      insert into result (batch_id, ordinal, attempt, outcome, final, claim_epoch, epoch, node_id,
                          started_at, finished_at, output, error_code, error_message)
      select batch_id, ordinal, attempt, outcome, last, claim_epoch::bigint, epoch, node_id::bigint,
             started_at, finished_at, output, error_code, error_message
      from unnest(:batch_ids, :ordinals, :attempts, :outcomes, :lasts, :claim_epochs, :epochs,
                  :node_ids, :started_ats::timestamptz[], :finished_ats::timestamptz[],
                  :outputs, :error_codes, :error_messages)
        as u (batch_id, ordinal, attempt, outcome, last, claim_epoch, epoch, node_id,
              started_at, finished_at, output, error_code, error_message)
      """;

  private ResultStore() {}

  /**
   * @param epoch the epoch each row's batch gets in this transaction
   */
  static void append(Tx tx, List<ResultRow> rows, ToLongFunction<ResultRow> epoch) {
    if (rows.isEmpty()) {
      return;
    }
    tx.update(APPEND)
        .bind("batch_ids", Column.uuids(rows.stream().map(ResultRow::batchId).toList()))
        .bind("ordinals", Column.ints(rows.stream().mapToInt(ResultRow::ordinal).toArray()))
        .bind("attempts", Column.ints(rows.stream().mapToInt(ResultRow::attempt).toArray()))
        .bind("outcomes", Column.texts(texts(rows, row -> row.outcome().word())))
        .bind("lasts", Column.flags(lasts(rows)))
        .bind("epochs", Column.longs(rows.stream().mapToLong(epoch).toArray()))
        .bind("claim_epochs", Column.texts(started(rows, start -> start.epoch())))
        .bind("node_ids", Column.texts(started(rows, start -> start.nodeId())))
        .bind("started_ats", Column.texts(started(rows, start -> start.at())))
        .bind("finished_ats", Column.texts(texts(rows, row -> row.finishedAt().toString())))
        .bind("outputs", Column.texts(texts(rows, ResultStore::output)))
        .bind("error_codes", Column.texts(texts(rows, ResultStore::errorCode)))
        .bind("error_messages", Column.texts(texts(rows, ResultStore::errorMessage)))
        .execute();
  }

  private static @Nullable String output(ResultRow row) {
    return row.what() instanceof What.Output(String json) ? json : null;
  }

  private static @Nullable String errorCode(ResultRow row) {
    return row.what() instanceof What.Reason error ? error.code() : null;
  }

  private static @Nullable String errorMessage(ResultRow row) {
    return row.what() instanceof What.Reason error ? error.message() : null;
  }

  private static boolean[] lasts(List<ResultRow> rows) {
    boolean[] lasts = new boolean[rows.size()];
    for (int i = 0; i < lasts.length; i++) {
      lasts[i] = rows.get(i).last();
    }
    return lasts;
  }

  private static @Nullable String[] started(
      List<ResultRow> rows, Function<ResultRow.Start, Object> value) {
    return texts(
        rows,
        row -> {
          ResultRow.Start start = row.start();
          return start == null ? null : value.apply(start).toString();
        });
  }

  private static @Nullable String[] texts(
      List<ResultRow> rows, Function<ResultRow, @Nullable String> value) {
    @Nullable String[] texts = new String[rows.size()];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = value.apply(rows.get(i));
    }
    return texts;
  }
}
