package io.headgate.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.batch.AttemptResult;
import io.headgate.engine.EngineFixture;
import io.headgate.engine.StartedAttempt;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A storage and an engine whose node the test controls, with helpers for both. */
abstract class ArtifactCase {

  static final Artifacts.ArtifactLimits LIMITS = new Artifacts.ArtifactLimits(1_000, 60);
  static final AttemptResult FAILED =
      new AttemptResult.AttemptFailed("boom", "it went wrong", false, Optional.empty());

  @TempDir Path folder;
  final EngineFixture fixture = new EngineFixture();

  /** The storage of this test; always the same. */
  abstract BlobStore store();

  /** The names of all files in it, complete or partial. */
  abstract Set<String> storedFiles() throws IOException;

  /** Creates the partial file that a crash during a write leaves. */
  abstract void leavePartialFile();

  @AfterEach
  void close() {
    fixture.close();
  }

  Artifacts artifacts(BlobStore store) {
    return new Artifacts(fixture.database, fixture.clock, store, LIMITS);
  }

  static Artifacts.ArtifactOwner holder(StartedAttempt claim) {
    return new Artifacts.ArtifactOwner(claim.token(), claim.batchId(), claim.ordinal());
  }

  void put(BlobStore store, StartedAttempt claim, String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), text);
    artifacts(store).put(holder(claim), name, "text/plain", file);
  }

  void put(StartedAttempt claim, String name, String text) throws IOException {
    put(store(), claim, name, text);
  }

  /** Starts the only item of a new batch. */
  StartedAttempt running() {
    fixture.submit(1);
    return fixture.claim(1).getFirst();
  }

  List<Artifact> visible(StartedAttempt claim) {
    return fixture
        .database
        .read(tx -> Artifacts.visible(tx, claim.batchId(), List.of(claim.ordinal())))
        .getOrDefault(claim.ordinal(), List.of());
  }

  List<String> names(StartedAttempt claim) {
    return visible(claim).stream().map(Artifact::name).toList();
  }

  void sweep() {
    ArtifactSweeper sweep = artifacts(store()).sweeper();
    while (sweep.runOnce()) {
      assertThat(rows()).isPositive();
    }
  }

  int rows() {
    return fixture.database.read(
        tx -> tx.query("select count(*) from artifact").mapTo(Integer.class).one());
  }

  /** The node stops its heartbeat, and its items are rescued. */
  void rescueItems() {
    fixture.advance(EngineFixture.LEASE.plusSeconds(1));
    assertThat(fixture.engine.rescueLost()).isPositive();
  }

  /** Claims the item again on a live node. */
  StartedAttempt claimAgain() {
    fixture.advance(EngineFixture.LEASE);
    long other = fixture.engine.join("other", 10, List.of("noop"));
    return fixture
        .engine
        .exchanger(other)
        .exchange(List.of(), EngineFixture.demand(1))
        .claims()
        .getFirst();
  }

  void settleOnOther(StartedAttempt claim, AttemptResult ending) {
    long node =
        fixture.database.read(tx ->
            tx.query("select node_id from claim where id = :id")
                .bind("id", claim.token())
                .mapTo(Long.class)
                .one());
    fixture
        .engine
        .exchanger(node)
        .exchange(
            List.of(
                new io.headgate.engine.AttemptReport(
                    claim.token(),
                    claim.batchId(),
                    claim.ordinal(),
                    ending,
                    fixture.clock.instant())),
            io.headgate.engine.Demand.NOTHING);
  }

  String read(Artifact artifact, int from, int length) throws IOException {
    try (InputStream in = artifacts(store()).open(artifact, from, length)) {
      return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }
  }

  void rescueAndSweep() {
    rescueItems();
    sweep();
  }

  static Set<String> files(Path root) throws IOException {
    try (java.util.stream.Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(path -> path.getFileName().toString())
          .filter(name -> !name.equals("store-id"))
          .collect(java.util.stream.Collectors.toSet());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
