package io.headgate.view;

import io.headgate.batch.BatchState;
import io.headgate.db.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a reader of items must know of their batch first, in the same snapshot: the state of most
 * items is not stored with them but follows from it.
 *
 * @param cursor every ordinal at or past it waits, unless it is in {@code ahead}
 * @param retried some final results may be superseded
 * @param fence null without a cancel; else items without a result that do not run were stopped
 */
record Standing(
    UUID id,
    BatchState state,
    int cursor,
    long epoch,
    long perItem,
    boolean retried,
    @Nullable Fence fence) {

  /** The cancel of the batch. */
  record Fence(long epoch, Instant at, @Nullable Instant dueAt) {}

  private static final String FIND_IF_VISIBLE =
      """
      select id, state, cursor, epoch, credits_per_item, retried,
             fence_epoch, cancelled_at, settle_due_at
      from batch
      where id = :id and account_id = :account and (retain_until > :now or finished_at is null)
      """;

  static Optional<Standing> find(Tx tx, UUID account, UUID id, Instant now) {
    return tx.query(FIND_IF_VISIBLE)
        .bind("id", id)
        .bind("account", account)
        .bind("now", now)
        .map((row, context) -> read(row))
        .findOne();
  }

  private static Standing read(ResultSet row) throws SQLException {
    Long epoch = row.getObject("fence_epoch", Long.class);
    return new Standing(
        row.getObject("id", UUID.class),
        BatchState.of(row.getString("state")),
        row.getInt("cursor"),
        row.getLong("epoch"),
        row.getLong("credits_per_item"),
        row.getBoolean("retried"),
        epoch == null
            ? null
            : new Fence(epoch, Times.at(row, "cancelled_at"), Times.find(row, "settle_due_at")));
  }
}
