package io.headgate.artifact;

import io.headgate.artifact.ArtifactStore.NewArtifactRow;
import io.headgate.artifact.ArtifactStore.RetentionPeriod;
import io.headgate.artifact.ArtifactStore.StoredByAttempt;
import io.headgate.db.Database;
import io.headgate.db.Snapshot;
import io.headgate.db.Tx;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Stores and serves the files that attempts produce. The row is written first, then the file, then
 * the mark that the file is complete. Visible are complete files of the attempt that succeeded. A
 * crash in between leaves a row, by which {@link ArtifactSweeper} finds the file to delete.
 * Thread-safe.
 */
public final class Artifacts implements AutoCloseable {

  /**
   * The limits of artifacts.
   *
   * @param bytes the maximum size of one artifact
   * @param perItem the maximum number of artifacts of one attempt
   */
  public record ArtifactLimits(long bytes, int perItem) {}

  /**
   * The attempt that stores an artifact.
   *
   * @param token the id of its claim; without the claim nothing is stored
   */
  public record ArtifactOwner(long token, UUID batchId, int ordinal) {}

  private final Database database;
  private final InstantSource clock;
  private final BlobStore store;
  private final ArtifactLimits limits;

  /**
   * Opens the storage. A bucket is not contacted before the first file is stored.
   *
   * @throws RuntimeException when the folder cannot be created
   */
  public Artifacts(
      Database database, InstantSource clock, ArtifactStorage storage, ArtifactLimits limits) {
    this(database, clock, store(storage), limits);
  }

  Artifacts(Database database, InstantSource clock, BlobStore store, ArtifactLimits limits) {
    this.database = database;
    this.clock = clock;
    this.store = store;
    this.limits = limits;
  }

  private static BlobStore store(ArtifactStorage storage) {
    return switch (storage) {
      case ArtifactStorage.Folder(Path path) -> new FolderBlobStore(path);
      case ArtifactStorage.Bucket bucket -> new BucketBlobStore(bucket);
    };
  }

  /**
   * Stores a file for an attempt, completely or not at all.
   *
   * @param file must not change during the call
   * @throws ArtifactRefusedException for an invalid name or media type, when the file is too large,
   *     when the attempt has too many artifacts or one of the same name, and when the attempt has
   *     ended
   * @throws IOException when the storage fails
   */
  public void put(ArtifactOwner owner, String name, String mediaType, Path file)
      throws IOException {
    ArtifactRules.check(name, mediaType);
    long bytes = Files.size(file);
    if (bytes > limits.bytes()) {
      throw new ArtifactRefusedException(
          "artifact %s has %d bytes, at most %d are allowed"
              .formatted(name, bytes, limits.bytes()));
    }
    byte[] sha256 = sha256(file);
    UUID id = UUID.randomUUID();
    Optional<String> refusal =
        database.inTransaction(
            tx -> insertRow(tx, owner, new NewArtifactRow(id, 0, name, mediaType, bytes)));
    if (refusal.isPresent()) {
      throw new ArtifactRefusedException(refusal.get());
    }
    try {
      store.put(id, file, bytes);
      markComplete(id, sha256);
    } catch (IOException | RuntimeException e) {
      undo(id, e);
      throw e;
    }
  }

  /** Writes the row. Returns why it was refused; empty when it was written. */
  private Optional<String> insertRow(Tx tx, ArtifactOwner owner, NewArtifactRow row) {
    Optional<StoredByAttempt> stored = ArtifactStore.storedIfStillClaimed(tx, owner, row.name());
    if (stored.isEmpty()) {
      return Optional.of("the attempt has ended and can store no more artifacts");
    }
    if (stored.get().nameTaken()) {
      return Optional.of("the attempt already has an artifact named " + row.name());
    }
    if (stored.get().count() >= limits.perItem()) {
      return Optional.of("an item has at most " + limits.perItem() + " artifacts");
    }
    NewArtifactRow withEpoch =
        new NewArtifactRow(
            row.id(), stored.get().claimEpoch(), row.name(), row.mediaType(), row.bytes());
    ArtifactStore.insertWriting(tx, owner, withEpoch, store.name(), clock.instant());
    return Optional.empty();
  }

  private void markComplete(UUID id, byte[] sha256) throws IOException {
    if (!database.inTransaction(tx -> ArtifactStore.markCompleteIfWriting(tx, id, sha256))) {
      throw new ArtifactRefusedException("the attempt ended while its artifact was written");
    }
  }

  /**
   * Hides the row first: if the commit of the mark is in doubt, a row must not show a deleted file.
   * What fails here is left to the sweep.
   */
  private void undo(UUID id, Exception cause) {
    try {
      database.useTransaction(tx -> ArtifactStore.markDeleted(tx, id, clock.instant()));
      store.delete(id);
      database.useTransaction(tx -> ArtifactStore.delete(tx, id));
    } catch (IOException | RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  private static byte[] sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      new DigestInputStream(in, digest).transferTo(java.io.OutputStream.nullOutputStream());
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The visible artifacts of these items by ordinal, sorted by name. */
  public static Map<Integer, List<Artifact>> visible(
      Snapshot tx, UUID batch, List<Integer> ordinals) {
    return ArtifactStore.visible(tx, batch, ordinals);
  }

  /**
   * Stores a file without an item for a limited time, such as an upload that a later request reads.
   * A sweep deletes it afterwards, also when a crash interrupts this call.
   *
   * @param retention how long the file is kept
   * @return the target for links to the file
   * @throws ArtifactRefusedException for an invalid name or media type
   * @throws IOException when the storage fails
   */
  public ArtifactLinks.ArtifactRef putTemporary(
      String name, String mediaType, Path file, Duration retention) throws IOException {
    ArtifactRules.check(name, mediaType);
    UUID id = UUID.randomUUID();
    Instant now = clock.instant();
    NewArtifactRow row = new NewArtifactRow(id, 0, name, mediaType, Files.size(file));
    byte[] sha256 = sha256(file);
    database.useTransaction(tx ->
        ArtifactStore.insertTemporary(
            tx, row, store.name(), sha256, new RetentionPeriod(now, now.plus(retention))));
    try {
      store.put(id, file, row.bytes());
    } catch (IOException | RuntimeException e) {
      undo(id, e);
      throw e;
    }
    return new ArtifactLinks.ArtifactRef(id, 0, name);
  }

  /**
   * Finds the target of a link: a visible artifact of an item, or a file without an item. Empty
   * when it does not exist or is no longer kept.
   */
  public Optional<Artifact> find(ArtifactLinks.ArtifactRef target) {
    Instant now = clock.instant();
    return database.read(tx ->
        ArtifactStore.visible(tx, target, now)
            .or(() -> ArtifactStore.findTemporary(tx, target, now)));
  }

  /**
   * Opens the file at offset {@code from}. The stream may continue after {@code length} bytes.
   *
   * @throws IOException when the storage fails, or the file is in another storage
   */
  public InputStream open(Artifact artifact, long from, long length) throws IOException {
    if (!artifact.location().store().equals(store.name())) {
      throw new IOException(
          "the artifact is stored in %s, but this server stores artifacts in %s"
              .formatted(artifact.location().store(), store.name()));
    }
    return store.open(artifact.location().id(), from, length);
  }

  /** Creates the task that deletes unused files of this storage. */
  public ArtifactSweeper sweeper() {
    return new ArtifactSweeper(database, clock, store);
  }

  @Override
  public void close() {
    store.close();
  }
}
