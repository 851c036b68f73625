package io.headgate.artifact;

import io.headgate.artifact.ArtifactStore.Before;
import io.headgate.artifact.ArtifactStore.NewRow;
import io.headgate.artifact.ArtifactStore.Stay;
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
 * Keeps the files of attempts. Written is first the row, then the bytes, then that they are whole;
 * seen is what is whole and belongs to the attempt that succeeded. Whatever dies in between leaves
 * a row behind, by which a {@link Sweep} finds what to delete.
 */
public final class Artifacts implements AutoCloseable {

  /**
   * @param bytes of one artifact
   * @param perItem artifacts of one attempt
   */
  public record Limits(long bytes, int perItem) {}

  /**
   * The attempt that keeps something.
   *
   * @param token of its claim: once that is gone, nothing is kept any more
   */
  public record Holder(long token, UUID batchId, int ordinal) {}

  private final Database database;
  private final InstantSource clock;
  private final Shelf shelf;
  private final Limits limits;

  /**
   * Opens the place.
   *
   * @throws RuntimeException when the folder cannot be made; a bucket is first asked when something
   *     is kept
   */
  public Artifacts(Database database, InstantSource clock, ArtifactPlace place, Limits limits) {
    this(database, clock, shelf(place), limits);
  }

  Artifacts(Database database, InstantSource clock, Shelf shelf, Limits limits) {
    this.database = database;
    this.clock = clock;
    this.shelf = shelf;
    this.limits = limits;
  }

  private static Shelf shelf(ArtifactPlace place) {
    return switch (place) {
      case ArtifactPlace.Folder(Path path) -> new FolderShelf(path);
      case ArtifactPlace.Bucket bucket -> new BucketShelf(bucket);
    };
  }

  /**
   * Keeps a file for an attempt, whole or not at all.
   *
   * @param file as long as this takes it must not change
   * @throws Refused for what is no name or media type, when it is too large, one too many or named
   *     like another of the attempt, and when the attempt has ended already
   * @throws IOException when the store does not take it
   */
  public void keep(Holder by, String name, String mediaType, Path file) throws IOException {
    Rules.check(name, mediaType);
    long bytes = Files.size(file);
    if (bytes > limits.bytes()) {
      throw new Refused(
          "artifact %s has %d bytes, at most %d are kept".formatted(name, bytes, limits.bytes()));
    }
    byte[] sha256 = sha256(file);
    UUID id = UUID.randomUUID();
    Optional<String> refusal =
        database.inTransaction(tx -> begin(tx, by, new NewRow(id, 0, name, mediaType, bytes)));
    if (refusal.isPresent()) {
      throw new Refused(refusal.get());
    }
    try {
      shelf.put(id, file, bytes);
      mark(id, sha256);
    } catch (IOException | RuntimeException e) {
      undo(id, e);
      throw e;
    }
  }

  /** Why the row was not written; empty when it was. */
  private Optional<String> begin(Tx tx, Holder by, NewRow row) {
    Optional<Before> before = ArtifactStore.beforeIfStillClaimed(tx, by, row.name());
    if (before.isEmpty()) {
      return Optional.of("the attempt has ended: nothing is kept for it any more");
    }
    if (before.get().taken()) {
      return Optional.of("the attempt has kept an artifact called " + row.name() + " already");
    }
    if (before.get().kept() >= limits.perItem()) {
      return Optional.of("an item has at most " + limits.perItem() + " artifacts");
    }
    NewRow whose =
        new NewRow(row.id(), before.get().claimEpoch(), row.name(), row.mediaType(), row.bytes());
    ArtifactStore.begin(tx, by, whose, shelf.name(), clock.instant());
    return Optional.empty();
  }

  private void mark(UUID id, byte[] sha256) throws IOException {
    if (!database.inTransaction(tx -> ArtifactStore.markWholeIfWriting(tx, id, sha256))) {
      throw new Refused("the attempt ended while its artifact was written");
    }
  }

  /**
   * Hidden first: a mark whose commit is in doubt must not show bytes that are gone. What cannot be
   * undone now is left to the sweep.
   */
  private void undo(UUID id, Exception why) {
    try {
      database.useTransaction(tx -> ArtifactStore.doom(tx, id, clock.instant()));
      shelf.delete(id);
      database.useTransaction(tx -> ArtifactStore.delete(tx, id));
    } catch (IOException | RuntimeException e) {
      why.addSuppressed(e);
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

  /** The artifacts that clients see of these items, by ordinal; each item's by name. */
  public static Map<Integer, List<Artifact>> seen(Snapshot tx, UUID batch, List<Integer> ordinals) {
    return ArtifactStore.seen(tx, batch, ordinals);
  }

  /**
   * Leaves a file that belongs to no item, such as an upload that a later request reads: a sweep
   * deletes it when its time is over. A crash leaves what the sweep deletes then, too.
   *
   * @return what links lead to it by
   * @throws IOException when the store does not take it
   */
  public Links.Target leave(String name, String mediaType, Path file, Duration kept)
      throws IOException {
    Rules.check(name, mediaType);
    UUID id = UUID.randomUUID();
    Instant now = clock.instant();
    NewRow row = new NewRow(id, 0, name, mediaType, Files.size(file));
    byte[] sha256 = sha256(file);
    database.useTransaction(
        tx -> ArtifactStore.leave(tx, row, shelf.name(), sha256, new Stay(now, now.plus(kept))));
    try {
      shelf.put(id, file, row.bytes());
    } catch (IOException | RuntimeException e) {
      undo(id, e);
      throw e;
    }
    return new Links.Target(id, 0, name);
  }

  /**
   * What a link leads to: an artifact of an item, or a file that was left; empty when there is no
   * such thing, or not any more.
   */
  public Optional<Artifact> find(Links.Target target) {
    Instant now = clock.instant();
    return database.read(
        tx -> ArtifactStore.seen(tx, target, now).or(() -> ArtifactStore.left(tx, target, now)));
  }

  /**
   * The bytes from {@code from} on; the stream may hold more than {@code length}.
   *
   * @throws IOException when the store does not answer, or the artifact lies on another one
   */
  public InputStream open(Artifact artifact, long from, long length) throws IOException {
    if (!artifact.place().shelf().equals(shelf.name())) {
      throw new IOException(
          "the artifact lies in %s, this server keeps its own in %s"
              .formatted(artifact.place().shelf(), shelf.name()));
    }
    return shelf.open(artifact.place().id(), from, length);
  }

  /** What deletes the leftovers of this place. */
  public Sweep sweep() {
    return new Sweep(database, clock, shelf);
  }

  @Override
  public void close() {
    shelf.close();
  }
}
