package io.headgate.engine;

import io.headgate.batch.ItemState;
import io.headgate.db.Column;
import io.headgate.db.Tx;
import io.headgate.engine.ResultRow.What;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** Appends results; nothing ever changes one. */
final class ResultStore {

  /** What rows of one claim and outcome have in common travels once, as their head. */
  private static final String APPEND =
      """
      insert into result (batch_id, ordinal, attempt, outcome, final, claim_epoch, epoch, node_id,
                          started_at, finished_at, output, error_code, error_message)
      select head.batch_id, u.ordinal, u.attempt, head.outcome, head.last, head.claim_epoch::bigint,
             head.epoch, head.node_id::bigint, head.started_at,
             to_timestamp(u.finished_micros::float8 / 1000000), u.output, u.error_code, u.error_message
      from unnest(:heads, :ordinals, :attempts, :finished_micros, :outputs, :error_codes, :error_messages)
        as u (head, ordinal, attempt, finished_micros, output, error_code, error_message)
      join unnest(:batch_ids, :epochs, :outcomes, :lasts, :claim_epochs, :node_ids,
                  :started_ats::timestamptz[]) with ordinality
        as head (batch_id, epoch, outcome, last, claim_epoch, node_id, started_at, n) on head.n = u.head
      """;

  /** What many rows share. */
  private record Head(
      UUID batchId, ItemState outcome, boolean last, ResultRow.@Nullable Start start) {

    static Head of(ResultRow row) {
      return new Head(row.batchId(), row.outcome(), row.last(), row.start());
    }
  }

  private ResultStore() {}

  /**
   * @param epoch the epoch each row's batch gets in this transaction
   */
  static void append(Tx tx, List<ResultRow> rows, ToLongFunction<UUID> epoch) {
    if (rows.isEmpty()) {
      return;
    }
    Map<Head, Integer> heads = new LinkedHashMap<>();
    int[] headOfRow = new int[rows.size()];
    for (int i = 0; i < headOfRow.length; i++) {
      headOfRow[i] = heads.computeIfAbsent(Head.of(rows.get(i)), head -> heads.size() + 1);
    }
    Update update = tx.update(APPEND);
    bindHeads(update, List.copyOf(heads.keySet()), epoch);
    update
        .bind("heads", Column.ints(headOfRow))
        .bind("ordinals", Column.ints(rows.stream().mapToInt(ResultRow::ordinal).toArray()))
        .bind("attempts", Column.ints(rows.stream().mapToInt(ResultRow::attempt).toArray()))
        .bind(
            "finished_micros",
            Column.longs(rows.stream().mapToLong(row -> micros(row.finishedAt())).toArray()))
        .bind("outputs", Column.texts(texts(rows, ResultStore::output)))
        .bind("error_codes", Column.texts(texts(rows, ResultStore::errorCode)))
        .bind("error_messages", Column.texts(texts(rows, ResultStore::errorMessage)))
        .execute();
  }

  private static void bindHeads(Update update, List<Head> heads, ToLongFunction<UUID> epoch) {
    boolean[] lasts = new boolean[heads.size()];
    for (int i = 0; i < lasts.length; i++) {
      lasts[i] = heads.get(i).last();
    }
    update
        .bind("batch_ids", Column.uuids(heads.stream().map(Head::batchId).toList()))
        .bind(
            "epochs",
            Column.longs(
                heads.stream().mapToLong(head -> epoch.applyAsLong(head.batchId())).toArray()))
        .bind("outcomes", Column.texts(texts(heads, head -> head.outcome().word())))
        .bind("lasts", Column.flags(lasts))
        .bind("claim_epochs", Column.texts(started(heads, ResultRow.Start::epoch)))
        .bind("node_ids", Column.texts(started(heads, ResultRow.Start::nodeId)))
        .bind("started_ats", Column.texts(started(heads, ResultRow.Start::at)));
  }

  private static long micros(Instant at) {
    return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1_000);
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

  private static @Nullable String[] started(
      List<Head> heads, Function<ResultRow.Start, Object> value) {
    return texts(
        heads,
        head -> {
          ResultRow.Start start = head.start();
          return start == null ? null : value.apply(start).toString();
        });
  }

  private static <T> @Nullable String[] texts(List<T> rows, Function<T, @Nullable String> value) {
    @Nullable String[] texts = new String[rows.size()];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = value.apply(rows.get(i));
    }
    return texts;
  }
}
