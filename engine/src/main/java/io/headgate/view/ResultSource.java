package io.headgate.view;

import io.headgate.batch.ItemState;
import io.headgate.db.ColumnValues;
import io.headgate.db.Snapshot;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import org.jdbi.v3.core.result.ResultIterable;
import org.jdbi.v3.core.result.ResultIterator;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** A source of results, in settle order. */
sealed interface ResultSource {

  /** Rows per fetch; small, because outputs can be large. */
  int FETCH = 50;

  /** Reads until there is no more or {@code chunk} is full. */
  void read(Snapshot tx, BatchColumns batch, ResultCollector chunk);

  /** Rows of {@code result} after a position and before an epoch. */
  record SettledRows(Position after, long beforeEpoch, @Nullable ItemState state)
      implements ResultSource {

    private static final String CURRENT_IN_SETTLE_ORDER =
        """
        select r.epoch, r.ordinal, i.ref, r.outcome, r.output, r.output_compressed,
               r.output_bytes, r.error_code, r.error_message,
               r.finished_at,
               case when r.attempt = 1 then (r.claim_epoch is not null)::int else (
                 select count(t.started_at) from result t
                 where t.batch_id = :batch and t.ordinal = r.ordinal) end as attempts,
               case when r.attempt = 1 then r.started_at else (
                 select min(f.started_at) from result f
                 where f.batch_id = :batch and f.ordinal = r.ordinal) end as started_at
        from result r join item i on i.batch_id = :batch and i.ordinal = r.ordinal
        where r.epoch >= :after_epoch and (r.epoch, r.ordinal) > (:after_epoch, :after_ordinal)
          and r.epoch < :before_epoch
          and (cast(:state as text) is null or r.outcome = :state) and
        """
            + ItemConditions.CURRENT
            + " order by r.epoch, r.ordinal limit :limit";

    @Override
    public void read(Snapshot tx, BatchColumns batch, ResultCollector chunk) {
      Query query =
          tx.query(CURRENT_IN_SETTLE_ORDER)
              .bind("batch", batch.id())
              .bind("retried", batch.retried())
              .bind("after_epoch", after.epoch())
              .bind("after_ordinal", after.ordinal())
              .bind("before_epoch", beforeEpoch)
              .bind("state", state == null ? null : state.text())
              .bind("limit", chunk.remaining());
      fill(chunk, query.setFetchSize(FETCH).map((row, context) -> line(row, batch)));
    }

    private static ResultLine line(ResultSet row, BatchColumns batch) throws SQLException {
      ItemState state = ItemState.of(row.getString("outcome"));
      return new ResultLine(
          new Position(row.getLong("epoch"), row.getInt("ordinal")),
          row.getString("ref"),
          state,
          ColumnValues.longText(row, "output"),
          ItemError.of(row.getString("error_code"), row.getString("error_message")),
          state == ItemState.SUCCEEDED ? batch.perItem() : 0,
          new ResultLine.AttemptSummary(
              row.getInt("attempts"),
              TimestampColumns.find(row, "started_at"),
              TimestampColumns.at(row, "finished_at")),
          List.of());
    }
  }

  /** Items that the fence stopped, after a position. */
  record StoppedItems(Position after, BatchColumns.CancelFence fence) implements ResultSource {

    private static final String STOPPED_BY_ORDINAL =
        """
        select s.ordinal, i.ref, tried.attempts, tried.started_at
        from
        """
            + ItemConditions.STOPPED
            + """
            as s
            join item i on i.batch_id = :batch and i.ordinal = s.ordinal
            cross join lateral (
              select count(t.started_at) as attempts, min(t.started_at) as started_at from result t
              where t.batch_id = :batch and t.ordinal = s.ordinal) tried
            order by s.ordinal
            """;

    @Override
    public void read(Snapshot tx, BatchColumns batch, ResultCollector chunk) {
      if (after.epoch() > fence.epoch()) {
        return;
      }
      Query query =
          tx.query(STOPPED_BY_ORDINAL)
              .bind("batch", batch.id())
              .bind("retried", batch.retried())
              .bind("cursor", fence.cursor())
              .bind("after", after.ordinal())
              .bind("limit", chunk.remaining());
      fill(chunk, query.map((row, context) -> line(row)));
    }

    private ResultLine line(ResultSet row) throws SQLException {
      return new ResultLine(
          new Position(fence.epoch(), row.getInt("ordinal")),
          row.getString("ref"),
          ItemState.CANCELLED,
          null,
          fence.stopped(),
          0,
          new ResultLine.AttemptSummary(
              row.getInt("attempts"), TimestampColumns.find(row, "started_at"), fence.at()),
          List.of());
    }
  }

  private static void fill(ResultCollector chunk, ResultIterable<ResultLine> lines) {
    try (ResultIterator<ResultLine> rows = lines.iterator()) {
      Iterator<ResultLine> iterator = rows;
      while (!chunk.full() && iterator.hasNext()) {
        chunk.add(iterator.next());
      }
    }
  }
}
