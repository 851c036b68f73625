package io.headgate.view;

import io.headgate.db.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Reads the usage of an account per day, from the batches that retention has kept. Thread-safe. */
public final class UsageReader {

  private static final String BY_DAY =
      """
      select (created_at at time zone 'UTC')::date as day,
        sum(total) as items,
        sum(succeeded * credits_per_item) as credits,
        coalesce(round(avg(
          extract(epoch from finished_at - started_at) * 1000)
          filter (where cancelled_at is null)), 0) as milliseconds
      from batch
      where account_id = :account and dialect = any(:dialects)
        and created_at >= cast(:first as timestamp) at time zone 'UTC'
      group by 1 order by 1
      """;

  private final Database database;

  public UsageReader(Database database) {
    this.database = database;
  }

  /**
   * The usage of one day in UTC.
   *
   * @param items items of the batches that were submitted on that day
   * @param credits credits charged for these items so far
   * @param milliseconds mean duration of the finished batches, from start to end; 0 when there are
   *     none
   */
  public record UsageDay(LocalDate date, long items, long credits, long milliseconds) {}

  /** Returns the days from {@code first} on that have batches of these dialects, oldest first. */
  public List<UsageDay> since(UUID account, Collection<String> dialects, LocalDate first) {
    return database.read(tx ->
        tx.query(BY_DAY)
            .bind("account", account)
            .bindArray("dialects", String.class, List.copyOf(dialects))
            .bind("first", first.toString())
            .map((row, context) -> read(row))
            .list());
  }

  private static UsageDay read(ResultSet row) throws SQLException {
    return new UsageDay(
        row.getObject("day", LocalDate.class),
        row.getLong("items"),
        row.getLong("credits"),
        row.getLong("milliseconds"));
  }
}
