package io.headgate.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.engine.EngineFixture;
import io.headgate.engine.StartedAttempt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What a sweep deletes and what it leaves, for every kind of storage. */
abstract class SweepSuite extends ArtifactCase {

  @Test
  void artifacts_of_a_deleted_batch_are_deleted() throws Exception {
    StartedAttempt claim = running();
    put(claim, "page.txt", "x");
    fixture.settle(List.of(claim), EngineFixture.SUCCESS);
    sweep();
    assertThat(storedFiles()).hasSize(1);
    fixture.database.useTransaction(tx -> tx.update("delete from batch").execute());
    sweep();
    assertThat(storedFiles()).isEmpty();
    assertThat(rows()).isZero();
  }

  @Test
  void the_next_sweep_completes_one_that_died_between_file_and_row() throws Exception {
    StartedAttempt claim = running();
    put(claim, "page.txt", "x");
    fixture.settle(List.of(claim), FAILED);
    BlobStore deadly =
        new ProcessDeath.FaultyBlobStore(store()) {
          @Override
          public void delete(UUID id) throws IOException {
            super.delete(id);
            throw new IllegalStateException("dies");
          }
        };
    assertThatThrownBy(() -> artifacts(deadly).sweeper().runOnce()).hasMessage("dies");
    assertThat(rows()).isEqualTo(1);
    fixture.advance(java.time.Duration.ofMinutes(6));
    sweep();
    assertThat(rows()).isZero();
  }

  @Test
  void a_failed_delete_is_repeated_later_and_delays_no_other() throws Exception {
    StartedAttempt claim = running();
    for (String name : List.of("a", "b", "c")) {
      put(claim, name, "x");
    }
    fixture.settle(List.of(claim), FAILED);
    UUID stuck =
        fixture.database.read(
            tx -> tx.query("select id from artifact where name = 'a'").mapTo(UUID.class).one());
    BlobStore refusing =
        new ProcessDeath.FaultyBlobStore(store()) {
          @Override
          public void delete(UUID id) throws IOException {
            if (id.equals(stuck)) {
              throw new IOException("not now");
            }
            super.delete(id);
          }
        };
    artifacts(refusing).sweeper().runOnce();
    assertThat(storedFiles()).hasSize(1);
    fixture.advance(java.time.Duration.ofMinutes(6));
    sweep();
    assertThat(storedFiles()).isEmpty();
  }

  @Test
  void two_sweepers_at_once_are_harmless() throws Exception {
    StartedAttempt gone = running();
    for (int i = 0; i < 40; i++) {
      put(gone, "gone" + i, "x");
    }
    fixture.settle(List.of(gone), FAILED);
    StartedAttempt stays = running();
    put(stays, "stays", "x");
    fixture.settle(List.of(stays), EngineFixture.SUCCESS);
    try (ExecutorService sweepers = Executors.newFixedThreadPool(4)) {
      List<Future<?>> all =
          java.util.stream.Stream.generate(() -> sweepers.submit(this::sweep))
              .limit(4)
              .<Future<?>>map(future -> future)
              .toList();
      for (Future<?> one : all) {
        one.get();
      }
    }
    assertThat(names(stays)).containsExactly("stays");
    assertThat(storedFiles()).hasSize(1);
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void files_of_another_storage_are_neither_read_nor_swept() throws Exception {
    StartedAttempt claim = running();
    put(claim, "page.txt", "x");
    fixture.settle(List.of(claim), EngineFixture.SUCCESS);
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Artifacts other =
        new Artifacts(
            fixture.database, fixture.clock, new ArtifactStorage.Folder(elsewhere), LIMITS);
    assertThatThrownBy(() -> other.open(visible(claim).getFirst(), 0, 1))
        .hasMessageContaining(store().name());
    fixture.database.useTransaction(tx -> tx.update("delete from batch").execute());
    other.sweeper().runOnce();
    assertThat(rows()).isEqualTo(1);
    assertThat(storedFiles()).hasSize(1);
    sweep();
    assertThat(storedFiles()).isEmpty();
  }
}
