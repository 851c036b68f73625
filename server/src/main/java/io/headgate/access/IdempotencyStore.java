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
  record Place(UUID account, String key) {}

  /**
   * A stored response.
   *
   * @param hash of the request
   * @param status null while the first request runs
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Row(byte[] hash, @Nullable Integer status, @Nullable String headers, byte[] body) {}

  /**
   * The times that decide whether an existing entry may be replaced.
   *
   * @param forgotten entries with a response from before may be
   * @param abandoned entries without response and node from before may be
   */
  record Ages(Instant now, Instant forgotten, Instant abandoned) {}

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

  private static final String ANSWER_IF_STILL_OURS =
      """
      update idempotency set request_hash = :hash, status = :status, headers = :headers, body = :body
      where account_id = :account and key = :key and created_at = :since and status is null
      """;

  private static final String RELEASE_IF_STILL_OURS =
      """
      delete from idempotency
      where account_id = :account and key = :key and created_at = :since and status is null
      """;

  private static final String FORGET =
      "delete from idempotency where created_at < :forgotten and status is not null";

  private IdempotencyStore() {}

  /** Claims an entry and returns the time of the claim; empty when another request has it. */
  static Optional<Instant> claimIfFree(Tx tx, Place place, @Nullable Long node, Ages ages) {
    return tx.query(CLAIM_IF_FREE)
        .bind("account", place.account())
        .bind("key", place.key())
        .bindByType("node", node, Long.class)
        .bind("now", ages.now())
        .bind("forgotten", ages.forgotten())
        .bind("abandoned", ages.abandoned())
        .map((row, context) -> row.getObject(1, OffsetDateTime.class).toInstant())
        .findOne();
  }

  static Optional<Row> read(Snapshot tx, Place place) {
    return tx.query(READ)
        .bind("account", place.account())
        .bind("key", place.key())
        .map((row, context) ->
            new Row(
                row.getBytes("request_hash"),
                row.getObject("status", Integer.class),
                row.getString("headers"),
                row.getBytes("body")))
        .findOne();
  }

  /** Returns false when another request has taken the entry over. */
  static boolean answerIfStillOurs(Tx tx, Place place, Instant since, Row row) {
    return tx.update(ANSWER_IF_STILL_OURS)
            .bind("account", place.account())
            .bind("key", place.key())
            .bind("since", since)
            .bind("hash", row.hash())
            .bindByType("status", row.status(), Integer.class)
            .bind("headers", row.headers())
            .bind("body", row.body())
            .execute()
        == 1;
  }

  static void releaseIfStillOurs(Tx tx, Place place, Instant since) {
    tx.update(RELEASE_IF_STILL_OURS)
        .bind("account", place.account())
        .bind("key", place.key())
        .bind("since", since)
        .execute();
  }

  static int forget(Tx tx, Instant forgotten) {
    return tx.update(FORGET).bind("forgotten", forgotten).execute();
  }
}
