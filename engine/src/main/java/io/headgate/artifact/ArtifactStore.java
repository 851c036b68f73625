package io.headgate.artifact;

import io.headgate.artifact.Artifact.BlobLocation;
import io.headgate.db.Snapshot;
import io.headgate.db.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Reads and writes rows of {@code artifact}. {@link SweepStore} deletes them. */
final class ArtifactStore {

  /** The artifacts that an attempt with a valid claim has stored so far. */
  record StoredByAttempt(long claimEpoch, int count, boolean nameTaken) {}

  /** A row that is written before the file. */
  record NewArtifactRow(UUID id, long claimEpoch, String name, String mediaType, long bytes) {}

  /** How long a file without an item is kept. */
  record RetentionPeriod(Instant from, Instant until) {}

  private static final String STORED_IF_STILL_CLAIMED =
      """
      select c.epoch, count(a.name) as kept, coalesce(bool_or(a.name = :name), false) as taken
      from claim c
      left join artifact a
        on a.batch_id = c.batch_id and a.ordinal = :ordinal and a.claim_epoch = c.epoch
      where c.id = :token and c.batch_id = :batch and :ordinal = any (c.ordinals)
      group by c.epoch
      """;

  private static final String INSERT_WRITING =
      """
      insert into artifact (id, batch_id, ordinal, claim_id, claim_epoch, name, media_type, bytes,
                            store, state, created_at)
      values (:id, :batch, :ordinal, :token, :epoch, :name, :media_type, :bytes, :store, 'writing',
              :now)
      """;

  private static final String MARK_COMPLETE_IF_WRITING =
      """
      update artifact set state = 'complete', sha256 = :sha256
      where id = :id and state = 'writing'
      """;

  /** Clears the hash, so that the file counts as incomplete even if a commit in doubt set it. */
  private static final String MARK_DELETED =
      """
      update artifact set state = 'deleted', deleted_at = :now, due_at = :now, sha256 = null
      where id = :id and state <> 'deleted'
      """;

  /**
   * A file without an item is marked for deletion from the start and deleted when its time is over.
   * Its own id takes the place of the batch id.
   */
  private static final String INSERT_TEMPORARY =
      """
      insert into artifact (id, batch_id, ordinal, claim_id, claim_epoch, name, media_type, bytes,
                            store, state, created_at, sha256, deleted_at, due_at)
      values (:id, :id, 0, 0, 0, :name, :media_type, :bytes, :store, 'deleted', :now, :sha256, :now,
              :until)
      """;

  private static final String FIND_TEMPORARY =
      """
      select 0 as ordinal, name, media_type, bytes, sha256, store, id
      from artifact
      where id = :id and batch_id = :id and claim_id = 0 and :ordinal = 0 and name = :name
        and state = 'deleted' and due_at > :now
      """;

  private static final String DELETE = "delete from artifact where id = :id";

  /**
   * Visible are complete artifacts of the attempt that succeeded. A claim belongs to one batch and
   * one epoch, so the epoch identifies the attempt even when an attempt number was used twice.
   */
  private static final String VISIBLE =
      """
      select a.ordinal, a.name, a.media_type, a.bytes, a.sha256, a.store, a.id
      from artifact a
      join result r on r.batch_id = :batch and r.ordinal = a.ordinal
        and r.claim_epoch = a.claim_epoch and r.outcome = 'succeeded'
      where a.batch_id = :batch and a.state in ('complete', 'kept')
      """;

  private static final String VISIBLE_OF_ITEMS =
      VISIBLE + " and a.ordinal = any (:ordinals) order by a.ordinal, a.name";

  private static final String VISIBLE_BY_NAME =
      VISIBLE
          + """
            and a.ordinal = :ordinal and a.name = :name
            and exists (select from batch b where b.id = :batch
              and (b.retain_until > :now or b.finished_at is null))
          """;

  private ArtifactStore() {}

  static Optional<StoredByAttempt> storedIfStillClaimed(
      Tx tx, Artifacts.ArtifactOwner owner, String name) {
    return tx.query(STORED_IF_STILL_CLAIMED)
        .bind("token", owner.token())
        .bind("batch", owner.batchId())
        .bind("ordinal", owner.ordinal())
        .bind("name", name)
        .map((row, context) ->
            new StoredByAttempt(row.getLong("epoch"), row.getInt("kept"), row.getBoolean("taken")))
        .findOne();
  }

  static void insertWriting(
      Tx tx, Artifacts.ArtifactOwner owner, NewArtifactRow row, String store, Instant now) {
    tx.update(INSERT_WRITING)
        .bind("id", row.id())
        .bind("batch", owner.batchId())
        .bind("ordinal", owner.ordinal())
        .bind("token", owner.token())
        .bind("epoch", row.claimEpoch())
        .bind("name", row.name())
        .bind("media_type", row.mediaType())
        .bind("bytes", row.bytes())
        .bind("store", store)
        .bind("now", now)
        .execute();
  }

  /** Returns false when the attempt had ended and a sweep marked the row first. */
  static boolean markCompleteIfWriting(Tx tx, UUID id, byte[] sha256) {
    return tx.update(MARK_COMPLETE_IF_WRITING).bind("id", id).bind("sha256", sha256).execute() == 1;
  }

  static void markDeleted(Tx tx, UUID id, Instant now) {
    tx.update(MARK_DELETED).bind("id", id).bind("now", now).execute();
  }

  static void insertTemporary(
      Tx tx, NewArtifactRow row, String store, byte[] sha256, RetentionPeriod period) {
    tx.update(INSERT_TEMPORARY)
        .bind("id", row.id())
        .bind("name", row.name())
        .bind("media_type", row.mediaType())
        .bind("bytes", row.bytes())
        .bind("store", store)
        .bind("now", period.from())
        .bind("sha256", sha256)
        .bind("until", period.until())
        .execute();
  }

  /** The file without an item, until its time is over. */
  static Optional<Artifact> findTemporary(
      Snapshot tx, ArtifactLinks.ArtifactRef target, Instant now) {
    return tx.query(FIND_TEMPORARY)
        .bind("id", target.batchId())
        .bind("ordinal", target.ordinal())
        .bind("name", target.name())
        .bind("now", now)
        .map((row, context) -> read(row))
        .findOne();
  }

  static void delete(Tx tx, UUID id) {
    tx.update(DELETE).bind("id", id).execute();
  }

  /** The visible artifacts by ordinal, sorted by name. */
  static Map<Integer, List<Artifact>> visible(Snapshot tx, UUID batch, List<Integer> ordinals) {
    return tx
        .query(VISIBLE_OF_ITEMS)
        .bind("batch", batch)
        .bindArray("ordinals", Integer.class, ordinals)
        .map((row, context) -> Map.entry(row.getInt("ordinal"), read(row)))
        .list()
        .stream()
        .collect(
            Collectors.groupingBy(
                Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
  }

  /** The visible artifact, as long as its batch is retained. */
  static Optional<Artifact> visible(Snapshot tx, ArtifactLinks.ArtifactRef target, Instant now) {
    return tx.query(VISIBLE_BY_NAME)
        .bind("batch", target.batchId())
        .bind("ordinal", target.ordinal())
        .bind("name", target.name())
        .bind("now", now)
        .map((row, context) -> read(row))
        .findOne();
  }

  private static Artifact read(ResultSet row) throws SQLException {
    return new Artifact(
        row.getString("name"),
        row.getString("media_type"),
        row.getLong("bytes"),
        HexFormat.of().formatHex(row.getBytes("sha256")),
        new BlobLocation(row.getString("store"), row.getObject("id", UUID.class)));
  }
}
