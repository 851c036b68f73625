package io.headgate.artifact;

import io.headgate.db.ColumnValues;
import io.headgate.db.Tx;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The statements of {@link ArtifactSweeper}: marks, takes and deletes rows of {@code artifact}. */
final class SweepStore {

  /**
   * The transaction that writes a result also deletes the claim. So an attempt that has neither in
   * one snapshot has ended without success for good.
   */
  private static final String MARK_KEPT_OF_SUCCEEDED =
      """
      update artifact set state = 'kept' where id in (
        select a.id from artifact a
        where a.state = 'complete' and a.store = :store and exists (
          select from result r where r.batch_id = a.batch_id and r.ordinal = a.ordinal
            and r.claim_epoch = a.claim_epoch and r.outcome = 'succeeded')
        limit :most for update of a skip locked)
      """;

  private static final String MARK_DELETED_OF_ENDED =
      """
      update artifact set state = 'deleted', deleted_at = :now, due_at = :now where id in (
        select a.id from artifact a
        where a.state in ('writing', 'complete') and a.store = :store
          and not exists (
            select from claim c where c.id = a.claim_id and a.ordinal = any (c.ordinals))
          and (a.state = 'writing' or not exists (
            select from result r where r.batch_id = a.batch_id and r.ordinal = a.ordinal
              and r.claim_epoch = a.claim_epoch and r.outcome = 'succeeded'))
        limit :most for update of a skip locked)
      """;

  /** A loose index scan: the cost depends on the number of batches, not of artifacts. */
  private static final String DROPPED_BATCHES =
      """
      with recursive present as (
        (select batch_id from artifact order by batch_id limit 1)
        union all
        select (select a.batch_id from artifact a where a.batch_id > h.batch_id
                order by a.batch_id limit 1)
        from present h where h.batch_id is not null)
      select h.batch_id from present h
      where h.batch_id is not null and not exists (select from batch b where b.id = h.batch_id)
        and exists (select from artifact a
          where a.batch_id = h.batch_id and a.state <> 'deleted' and a.store = :store)
      limit :most
      """;

  private static final String MARK_DELETED_OF_DROPPED =
      """
      update artifact set state = 'deleted', deleted_at = :now, due_at = :now where id in (
        select id from artifact
        where batch_id = any (:batches) and state <> 'deleted' and store = :store
        limit :most for update skip locked)
      """;

  private static final String TAKE_DUE =
      """
      update artifact set due_at = :again where id in (
        select id from artifact where state = 'deleted' and due_at <= :now and store = :store
        order by due_at limit :most for update skip locked)
      returning id
      """;

  private static final String DELETE_UNLESS_STILL_WRITTEN =
      """
      delete from artifact
      where id = any (:ids) and state = 'deleted'
        and (sha256 is not null or deleted_at <= :long_ago)
      """;

  private static final String MAKE_DUE_AGAIN =
      "update artifact set due_at = :then where id = any (:ids) and state = 'deleted'";

  private final Tx tx;
  private final String store;
  private final Instant now;
  private final int maxRows;

  /**
   * @param store the storage whose rows are changed
   * @param maxRows the maximum number of rows that one call changes
   */
  SweepStore(Tx tx, String store, Instant now, int maxRows) {
    this.tx = tx;
    this.store = store;
    this.now = now;
    this.maxRows = maxRows;
  }

  int markKeptOfSucceeded() {
    return tx.update(MARK_KEPT_OF_SUCCEEDED).bind("store", store).bind("most", maxRows).execute();
  }

  int markDeletedOfEnded() {
    return tx.update(MARK_DELETED_OF_ENDED)
        .bind("store", store)
        .bind("now", now)
        .bind("most", maxRows)
        .execute();
  }

  int markDeletedOfDropped() {
    List<UUID> dropped =
        tx.query(DROPPED_BATCHES)
            .bind("store", store)
            .bind("most", maxRows)
            .mapTo(UUID.class)
            .list();
    return dropped.isEmpty()
        ? 0
        : tx.update(MARK_DELETED_OF_DROPPED)
            .bind("batches", ColumnValues.uuids(dropped))
            .bind("store", store)
            .bind("now", now)
            .bind("most", maxRows)
            .execute();
  }

  /** Takes the rows that are due. No other sweep gets them before {@code again}. */
  List<UUID> takeDue(Instant again) {
    return tx.query(TAKE_DUE)
        .bind("store", store)
        .bind("now", now)
        .bind("again", again)
        .bind("most", maxRows)
        .mapTo(UUID.class)
        .list();
  }

  /**
   * Deletes the rows of deleted files. Rows of incomplete files that were marked after {@code
   * longAgo} stay and become due again at {@code dueAgain}.
   */
  int deleteUnlessStillWritten(List<UUID> ids, Instant longAgo, Instant dueAgain) {
    int deleted =
        tx.update(DELETE_UNLESS_STILL_WRITTEN)
            .bind("ids", ColumnValues.uuids(ids))
            .bind("long_ago", longAgo)
            .execute();
    tx.update(MAKE_DUE_AGAIN).bind("ids", ColumnValues.uuids(ids)).bind("then", dueAgain).execute();
    return deleted;
  }
}
