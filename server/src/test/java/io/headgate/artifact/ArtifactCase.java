package io.headgate.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.batch.Ending;
import io.headgate.engine.Claimed;
import io.headgate.engine.EngineFixture;
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

  static final Artifacts.Limits LIMITS = new Artifacts.Limits(1_000, 60);
  static final Ending FAILED = new Ending.Failed("boom", "it went wrong", false, Optional.empty());

  @TempDir Path folder;
  final EngineFixture house = new EngineFixture();

  /** The storage of this test; always the same. */
  abstract Shelf shelf();

  /** The names of all files in it, complete or partial. */
  abstract Set<String> lying() throws IOException;

  /** Creates the partial file that a crash during a write leaves. */
  abstract void leaveHalf();

  @AfterEach
  void close() {
    house.close();
  }

  Artifacts artifacts(Shelf shelf) {
    return new Artifacts(house.database, house.clock, shelf, LIMITS);
  }

  static Artifacts.Holder holder(Claimed claim) {
    return new Artifacts.Holder(claim.token(), claim.batchId(), claim.ordinal());
  }

  void keep(Shelf shelf, Claimed claim, String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), text);
    artifacts(shelf).keep(holder(claim), name, "text/plain", file);
  }

  void keep(Claimed claim, String name, String text) throws IOException {
    keep(shelf(), claim, name, text);
  }

  /** Starts the only item of a new batch. */
  Claimed running() {
    house.submit(1);
    return house.claim(1).getFirst();
  }

  List<Artifact> seen(Claimed claim) {
    return house
        .database
        .read(tx -> Artifacts.seen(tx, claim.batchId(), List.of(claim.ordinal())))
        .getOrDefault(claim.ordinal(), List.of());
  }

  List<String> names(Claimed claim) {
    return seen(claim).stream().map(Artifact::name).toList();
  }

  void sweep() {
    Sweep sweep = artifacts(shelf()).sweep();
    while (sweep.runOnce()) {
      assertThat(rows()).isPositive();
    }
  }

  int rows() {
    return house.database.read(
        tx -> tx.query("select count(*) from artifact").mapTo(Integer.class).one());
  }

  /** The node stops its heartbeat, and its items are rescued. */
  void rescue() {
    house.pass(EngineFixture.LEASE.plusSeconds(1));
    assertThat(house.engine.rescueLost()).isPositive();
  }

  /** Claims the item again on a live node. */
  Claimed claimedAnew() {
    house.pass(EngineFixture.LEASE);
    long other = house.engine.join("other", 10, List.of("noop"));
    return house
        .engine
        .exchanger(other)
        .exchange(List.of(), EngineFixture.demand(1))
        .claims()
        .getFirst();
  }

  void settleOnOther(Claimed claim, Ending ending) {
    long node =
        house.database.read(tx ->
            tx.query("select node_id from claim where id = :id")
                .bind("id", claim.token())
                .mapTo(Long.class)
                .one());
    house
        .engine
        .exchanger(node)
        .exchange(
            List.of(
                new io.headgate.engine.Settlement(
                    claim.token(),
                    claim.batchId(),
                    claim.ordinal(),
                    ending,
                    house.clock.instant())),
            io.headgate.engine.Demand.NOTHING);
  }

  String read(Artifact artifact, int from, int length) throws IOException {
    try (InputStream in = artifacts(shelf()).open(artifact, from, length)) {
      return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }
  }

  void rescueAndSweep() {
    rescue();
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
