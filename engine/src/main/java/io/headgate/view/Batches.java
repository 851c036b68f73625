package io.headgate.view;

import io.headgate.batch.BatchState;
import io.headgate.batch.Counts;
import io.headgate.batch.Credits;
import io.headgate.batch.Limits;
import io.headgate.db.Database;
import io.headgate.db.Snapshot;
import io.headgate.engine.NewBatch.BatchOrder;
import io.headgate.engine.NewBatch.DialectOrigin;
import io.headgate.view.BatchView.Status;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads batches of an account. Batches of other accounts and finished batches whose retention has
 * expired are treated as unknown. Thread-safe.
 */
public final class Batches {

  private static final String COLUMNS =
      """
      select b.id, b.processor, b.name, b.metadata, b.options, b.state, b.paused, b.epoch,
             b.total, b.total - b.cursor - b.ahead + b.deferred as pending,
             b.running, b.succeeded, b.failed, b.cancelled,
             b.concurrency, b.timeout_ms, b.max_attempts, b.backoff_ms, b.max_backoff_ms,
             b.priority, b.credits_per_item, b.created_at, b.start_at, b.expires_at,
             b.retain_until, b.started_at, b.finished_at, b.cancelled_at, b.resubmitted_from,
             b.dialect, b.dialect_request,
             rate.at as rate_at, rate.settled as rate_settled
      from batch b
      left join lateral (
        select r.at, r.settled from batch_rate r
        where r.batch_id = b.id and r.at > :now - interval '65 seconds' order by r.at limit 1) rate
        on true
      """;

  private static final String FIND_IF_VISIBLE =
      COLUMNS
          + """
          where b.id = :id and b.account_id = :account
            and (b.retain_until > :now or b.finished_at is null)
          """;

  private static final String LIST_NEWEST_FIRST =
      COLUMNS
          + "where "
          + BatchFilter.CONDITION
          + """
            and (cast(:before as uuid) is null or b.id < :before)
          order by b.id desc
          limit :limit
          """;

  private static final String PAGE_NEWEST_FIRST =
      COLUMNS
          + "where "
          + BatchFilter.CONDITION
          + """
          order by b.id desc
          limit :limit offset :offset
          """;

  private static final String COUNT = "select count(*) from batch b where " + BatchFilter.CONDITION;

  private static final JsonMapper json = JsonMapper.builder().build();

  private final Database database;
  private final InstantSource clock;

  public Batches(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Returns the batch; empty when the account has no such batch. */
  public Optional<BatchView> find(UUID account, UUID id) {
    return database.read(tx -> find(tx, account, id));
  }

  /** The batch as {@code tx} sees it. */
  public Optional<BatchView> find(Snapshot tx, UUID account, UUID id) {
    Instant now = clock.instant();
    return tx.query(FIND_IF_VISIBLE)
        .bind("id", id)
        .bind("account", account)
        .bind("now", now)
        .map((row, context) -> read(row, now))
        .findOne();
  }

  /**
   * Returns a page of the batches that match the filter, newest first. A batch that is submitted
   * meanwhile does not shift later pages.
   *
   * @param before id of the last batch of the previous page; null for the first page
   * @throws IllegalArgumentException unless {@code limit} is 1 to {@link ListPage#MAX_LIMIT}
   */
  public ListPage<BatchView> list(
      UUID account, BatchFilter filter, @Nullable UUID before, int limit) {
    int rows = ListPage.checked(limit) + 1;
    Instant now = clock.instant();
    return database.read(tx ->
        ListPage.of(
            filter
                .bind(tx.query(LIST_NEWEST_FIRST), account, now)
                .bind("before", before)
                .bind("limit", rows)
                .map((row, context) -> read(row, now))
                .list(),
            limit));
  }

  /**
   * Returns a page by its number, newest first, and the total count, for vendor APIs with numbered
   * pages. Unlike with {@link #list}, a batch that is submitted meanwhile shifts later pages.
   *
   * @param page number of the page, from 1
   * @throws IllegalArgumentException unless {@code limit} is 1 to {@link ListPage#MAX_LIMIT}
   */
  public BatchPage page(UUID account, BatchFilter filter, int page, int limit) {
    long offset = (page - 1L) * ListPage.checked(limit);
    Instant now = clock.instant();
    return database.inSnapshot(tx ->
        new BatchPage(
            filter
                .bind(tx.query(PAGE_NEWEST_FIRST), account, now)
                .bind("offset", offset)
                .bind("limit", limit)
                .map((row, context) -> read(row, now))
                .list(),
            filter.bind(tx.query(COUNT), account, now).mapTo(Long.class).one()));
  }

  /**
   * A page by its number.
   *
   * @param total number of batches on all pages
   */
  public record BatchPage(List<BatchView> batches, long total) {
    public BatchPage {
      batches = List.copyOf(batches);
    }
  }

  private static BatchView read(ResultSet row, Instant now) throws SQLException {
    Counts counts =
        new Counts(
            row.getInt("total"),
            row.getInt("pending"),
            row.getInt("running"),
            row.getInt("succeeded"),
            row.getInt("failed"),
            row.getInt("cancelled"));
    Status status = status(row);
    return new BatchView(
        row.getObject("id", UUID.class),
        order(row),
        status,
        counts,
        Credits.of(row.getLong("credits_per_item"), counts),
        BatchProgress.of(status, counts, sample(row), now),
        row.getObject("resubmitted_from", UUID.class));
  }

  private static BatchProgress.@Nullable Sample sample(ResultSet row) throws SQLException {
    Instant at = TimestampColumns.find(row, "rate_at");
    return at == null ? null : new BatchProgress.Sample(at, row.getInt("rate_settled"));
  }

  private static Status status(ResultSet row) throws SQLException {
    return new Status(
        BatchState.of(row.getString("state")),
        row.getBoolean("paused"),
        row.getLong("epoch"),
        TimestampColumns.at(row, "created_at"),
        TimestampColumns.find(row, "started_at"),
        TimestampColumns.find(row, "finished_at"),
        TimestampColumns.find(row, "cancelled_at"));
  }

  private static BatchOrder order(ResultSet row) throws SQLException {
    Duration retained =
        Duration.between(
            TimestampColumns.at(row, "created_at"), TimestampColumns.at(row, "retain_until"));
    return new BatchOrder(
        row.getString("processor"),
        row.getString("name"),
        json.readTree(row.getString("metadata")),
        json.readTree(row.getString("options")),
        limits(row),
        row.getInt("priority"),
        TimestampColumns.find(row, "start_at"),
        TimestampColumns.find(row, "expires_at"),
        Math.clamp(retained.toSeconds(), 1, BatchOrder.MAX_RETAIN_SECONDS),
        origin(row));
  }

  private static @Nullable DialectOrigin origin(ResultSet row) throws SQLException {
    String dialect = row.getString("dialect");
    return dialect == null
        ? null
        : new DialectOrigin(
            dialect,
            json.readTree(row.getString("dialect_request")),
            row.getLong("credits_per_item"));
  }

  private static Limits limits(ResultSet row) throws SQLException {
    return new Limits(
        row.getObject("concurrency", Integer.class),
        Duration.ofMillis(row.getLong("timeout_ms")),
        row.getInt("max_attempts"),
        Duration.ofMillis(row.getLong("backoff_ms")),
        Duration.ofMillis(row.getLong("max_backoff_ms")));
  }
}
