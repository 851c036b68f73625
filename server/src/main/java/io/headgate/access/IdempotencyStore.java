package io.headgate.access;

import io.headgate.db.Snapshot;
import io.headgate.db.Tx;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of {@code idempotency}. */
final class IdempotencyStore {

  /** The key of an entry. */
  record EntryKey(UUID account, String key) {}

  /**
   * A stored response.
   *
   * @param hash of the request
   * @param status null while the first request runs
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record StoredResponse(
      byte[] hash, @Nullable Integer status, @Nullable String headers, byte[] body) {}

  /**
   * The times that decide whether an existing entry may be replaced.
   *
   * @param expiredBefore entries with a response from before may be
   * @param abandonedBefore entries without response and node from before may be
   */
  record EntryAges(Instant now, Instant expiredBefore, Instant abandonedBefore) {}

  private static final String CLAIM_IF_FREE =
      """
      insert into idempotency as i (account_id, key, request_hash, node_id, created_at)
      values (:account, :key, '', :node, :now)
      on conflict (account_id, key) do update
        set request_hash = '', node_id = excluded.node_id, status = null, headers = null, body = null,
            created_at = excluded.created_at
        where (i.status is not null and i.created_at < :forgotten)
           or (i.status is null and i.node_id is null and i.created_at < :abandoned)
           or (i.status is null and i.node_id is not null and not exists (
                 select from node n
                 where n.id = i.node_id and n.stopped_at is null
                   and n.last_seen_at + n.lease_ms * interval '1 millisecond' >= :now))
      returning created_at
      """;

  private static final String READ =
      """
      select request_hash, status, headers, coalesce(body, '') as body from idempotency
      where account_id = :account and key = :key
      """;

  private static final String STORE_RESPONSE_IF_CLAIMED =
      """
      update idempotency set request_hash = :hash, status = :status, headers = :headers, body = :body
      where account_id = :account and key = :key and created_at = :since and status is null
      """;

  private static final String RELEASE_IF_CLAIMED =
      """
      delete from idempotency
      where account_id = :account and key = :key and created_at = :since and status is null
      """;

  private static final String DELETE_OLD =
      "delete from idempotency where created_at < :forgotten and status is not null";

  private IdempotencyStore() {}

  /** Claims an entry and returns the time of the claim; empty when another request has it. */
  static Optional<Instant> claimIfFree(Tx tx, EntryKey entry, @Nullable Long node, EntryAges ages) {
    return tx.query(CLAIM_IF_FREE)
        .bind("account", entry.account())
        .bind("key", entry.key())
        .bindByType("node", node, Long.class)
        .bind("now", ages.now())
        .bind("forgotten", ages.expiredBefore())
        .bind("abandoned", ages.abandonedBefore())
        .map((row, context) -> row.getObject(1, OffsetDateTime.class).toInstant())
        .findOne();
  }

  static Optional<StoredResponse> read(Snapshot tx, EntryKey entry) {
    return tx.query(READ)
        .bind("account", entry.account())
        .bind("key", entry.key())
        .map((row, context) ->
            new StoredResponse(
                row.getBytes("request_hash"),
                row.getObject("status", Integer.class),
                row.getString("headers"),
                row.getBytes("body")))
        .findOne();
  }

  /** Returns false when another request has taken the entry over. */
  static boolean storeResponseIfClaimed(
      Tx tx, EntryKey entry, Instant claimedAt, StoredResponse response) {
    return tx.update(STORE_RESPONSE_IF_CLAIMED)
            .bind("account", entry.account())
            .bind("key", entry.key())
            .bind("since", claimedAt)
            .bind("hash", response.hash())
            .bindByType("status", response.status(), Integer.class)
            .bind("headers", response.headers())
            .bind("body", response.body())
            .execute()
        == 1;
  }

  static void releaseIfClaimed(Tx tx, EntryKey entry, Instant claimedAt) {
    tx.update(RELEASE_IF_CLAIMED)
        .bind("account", entry.account())
        .bind("key", entry.key())
        .bind("since", claimedAt)
        .execute();
  }

  static int deleteOld(Tx tx, Instant createdBefore) {
    return tx.update(DELETE_OLD).bind("forgotten", createdBefore).execute();
  }
}
