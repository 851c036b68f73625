package io.headgate.view;

import io.headgate.batch.ItemState;
import io.headgate.db.ColumnValues;
import io.headgate.db.Snapshot;
import io.headgate.view.ItemView.AttemptView;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Reads the stored rows of items of one batch. */
final class ItemRowReader {

  /** An item as it was submitted. */
  record SubmittedItem(int ordinal, @Nullable String ref, String input, @Nullable Integer parent) {}

  /** A row of {@code result}: an attempt that has ended. */
  record EndedAttempt(
      int ordinal,
      AttemptView attempt,
      boolean ran,
      boolean finalAttempt,
      @Nullable String output) {}

  /**
   * An attempt that is running.
   *
   * @param storedProgress the progress that its node stored last
   */
  record RunningItem(
      int ordinal, AttemptView attempt, LiveProgress.@Nullable ProgressReport storedProgress) {}

  private static final String WITHIN_BUDGET =
      """
      select ordinal from (
        select i.ordinal,
          sum(octet_length(i.input) + coalesce((
              select sum(coalesce(r.output_bytes, octet_length(r.output))) from result r
              where r.batch_id = :batch and r.ordinal = i.ordinal), 0))
            over (order by i.ordinal) as bytes,
          row_number() over (order by i.ordinal) as position
        from item i
        where i.batch_id = :batch and i.ordinal = any (:ordinals)) sized
      where bytes <= :budget or position = 1
      order by ordinal
      """;

  private static final String SUBMITTED =
      """
      select i.ordinal, i.ref, i.input, n.parent
      from item i left join item_relation n on n.batch_id = :batch and n.ordinal = i.ordinal
      where i.batch_id = :batch and i.ordinal = any (:ordinals)
      order by i.ordinal
      """;

  private static final String CHILDREN =
      """
      select parent, ordinal from item_relation
      where batch_id = :batch and parent = any (:ordinals)
      order by ordinal
      """;

  private static final String ENDED =
      """
      select r.ordinal, r.attempt, r.outcome, r.final, r.claim_epoch, r.started_at, r.finished_at,
             r.output, r.output_compressed, r.output_bytes,
             r.error_code, r.error_message, n.name as node
      from result r left join node n on n.id = r.node_id
      where r.batch_id = :batch and r.ordinal = any (:ordinals)
      order by r.ordinal, r.attempt
      """;

  private static final String RUNNING =
      """
      select u.ordinal, coalesce(c.attempts[u.place], 1) as attempt, c.claimed_at, n.name as node,
             p.ratio, p.message
      from claim c
      join node n on n.id = c.node_id
      cross join unnest(c.ordinals) with ordinality as u (ordinal, place)
      left join item_progress p on p.claim_id = c.id and p.ordinal = u.ordinal
      where c.batch_id = :batch and u.ordinal = any (:ordinals)
      """;

  private static final String DEFERRED =
      "select ordinal from deferred where batch_id = :batch and ordinal = any (:ordinals)";

  private ItemRowReader() {}

  /**
   * Returns the first of these items whose inputs and outputs have at most {@code budget} bytes in
   * total, and at least one item.
   */
  static List<Integer> withinBudget(
      Snapshot tx, BatchColumns batch, List<Integer> ordinals, long budget) {
    return bound(tx.query(WITHIN_BUDGET), batch, ordinals)
        .bind("budget", budget)
        .mapTo(Integer.class)
        .list();
  }

  static List<SubmittedItem> submitted(Snapshot tx, BatchColumns batch, List<Integer> ordinals) {
    return bound(tx.query(SUBMITTED), batch, ordinals)
        .map((row, context) ->
            new SubmittedItem(
                row.getInt("ordinal"),
                row.getString("ref"),
                row.getString("input"),
                row.getObject("parent", Integer.class)))
        .list();
  }

  static Map<Integer, List<Integer>> children(
      Snapshot tx, BatchColumns batch, List<Integer> ordinals) {
    return bound(tx.query(CHILDREN), batch, ordinals)
        .map((row, context) -> Map.entry(row.getInt("parent"), row.getInt("ordinal")))
        .list()
        .stream()
        .collect(
            Collectors.groupingBy(
                Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
  }

  static Map<Integer, List<EndedAttempt>> ended(
      Snapshot tx, BatchColumns batch, List<Integer> ordinals) {
    return bound(tx.query(ENDED), batch, ordinals).map((row, context) -> ended(row)).list().stream()
        .collect(Collectors.groupingBy(EndedAttempt::ordinal));
  }

  static Map<Integer, RunningItem> running(
      Snapshot tx, BatchColumns batch, List<Integer> ordinals) {
    return bound(tx.query(RUNNING), batch, ordinals)
        .map((row, context) -> running(row))
        .list()
        .stream()
        .collect(Collectors.toMap(RunningItem::ordinal, claim -> claim));
  }

  static Set<Integer> deferred(Snapshot tx, BatchColumns batch, List<Integer> ordinals) {
    return bound(tx.query(DEFERRED), batch, ordinals).mapTo(Integer.class).set();
  }

  private static EndedAttempt ended(ResultSet row) throws SQLException {
    Instant finished = TimestampColumns.at(row, "finished_at");
    Instant started = TimestampColumns.find(row, "started_at");
    return new EndedAttempt(
        row.getInt("ordinal"),
        new AttemptView(
            row.getInt("attempt"),
            row.getString("node"),
            started == null ? finished : started,
            finished,
            ItemState.of(row.getString("outcome")),
            ItemError.of(row.getString("error_code"), row.getString("error_message"))),
        started != null,
        row.getBoolean("final"),
        ColumnValues.longText(row, "output"));
  }

  private static RunningItem running(ResultSet row) throws SQLException {
    AttemptView attempt =
        new AttemptView(
            row.getInt("attempt"),
            row.getString("node"),
            TimestampColumns.at(row, "claimed_at"),
            null,
            null,
            null);
    String message = row.getString("message");
    return new RunningItem(
        row.getInt("ordinal"),
        attempt,
        message == null ? null : new LiveProgress.ProgressReport(row.getDouble("ratio"), message));
  }

  private static Query bound(Query query, BatchColumns batch, List<Integer> ordinals) {
    return query.bind("batch", batch.id()).bindArray("ordinals", Integer.class, ordinals);
  }
}
