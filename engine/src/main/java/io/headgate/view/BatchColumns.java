package io.headgate.view;

import io.headgate.batch.BatchState;
import io.headgate.db.Snapshot;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a batch from which the states of its items are derived: most items have no stored
 * state. Read it in the same snapshot as the items.
 *
 * @param cursor every ordinal at or past it is pending, unless it is in {@code ahead}
 * @param retried whether some final results may be superseded
 * @param fence null unless the batch was cancelled; then every item without a result that does not
 *     run was stopped
 */
record BatchColumns(
    UUID id,
    BatchState state,
    int cursor,
    long epoch,
    long perItem,
    boolean retried,
    @Nullable CancelFence fence) {

  /**
   * The cancel of the batch.
   *
   * @param cursor the cursor of the batch at the fence
   * @param stopped the error of the items that it stopped
   */
  record CancelFence(
      long epoch, int cursor, Instant at, @Nullable Instant dueAt, ItemError stopped) {}

  private static final String FIND_IF_VISIBLE =
      """
      select b.id, b.state, b.cursor, b.epoch, b.credits_per_item, b.retried,
             b.fence_epoch, b.cancelled_at, b.settle_due_at, f.cursor as fence_cursor,
             coalesce(b.cancelled_at >= b.expires_at, false) as expired
      from batch b left join receipt f on f.batch_id = b.id
      where b.id = :id and b.account_id = :account
        and (b.retain_until > :now or b.finished_at is null)
      """;

  static Optional<BatchColumns> find(Snapshot tx, UUID account, UUID id, Instant now) {
    return tx.query(FIND_IF_VISIBLE)
        .bind("id", id)
        .bind("account", account)
        .bind("now", now)
        .map((row, context) -> read(row))
        .findOne();
  }

  private static BatchColumns read(ResultSet row) throws SQLException {
    Long epoch = row.getObject("fence_epoch", Long.class);
    return new BatchColumns(
        row.getObject("id", UUID.class),
        BatchState.of(row.getString("state")),
        row.getInt("cursor"),
        row.getLong("epoch"),
        row.getLong("credits_per_item"),
        row.getBoolean("retried"),
        epoch == null
            ? null
            : new CancelFence(
                epoch,
                row.getInt("fence_cursor"),
                TimestampColumns.at(row, "cancelled_at"),
                TimestampColumns.find(row, "settle_due_at"),
                row.getBoolean("expired") ? ItemError.EXPIRED : ItemError.STOPPED));
  }
}
