package io.headgate.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.engine.Claimed;
import io.headgate.engine.EngineFixture;
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
  void artifacts_go_when_their_batch_has_gone() throws Exception {
    Claimed claim = running();
    keep(claim, "page.txt", "x");
    house.settle(List.of(claim), EngineFixture.SUCCESS);
    sweep();
    assertThat(lying()).hasSize(1);
    house.database.useTransaction(tx -> tx.update("delete from batch").execute());
    sweep();
    assertThat(lying()).isEmpty();
    assertThat(rows()).isZero();
  }

  @Test
  void a_sweeper_that_dies_between_blob_and_row_is_made_good_by_the_next() throws Exception {
    Claimed claim = running();
    keep(claim, "page.txt", "x");
    house.settle(List.of(claim), FAILED);
    Shelf deadly =
        new Death.Faulty(shelf()) {
          @Override
          public void delete(UUID id) throws IOException {
            super.delete(id);
            throw new IllegalStateException("dies");
          }
        };
    assertThatThrownBy(() -> artifacts(deadly).sweep().runOnce()).hasMessage("dies");
    assertThat(rows()).isEqualTo(1);
    house.pass(java.time.Duration.ofMinutes(6));
    sweep();
    assertThat(rows()).isZero();
  }

  @Test
  void what_cannot_be_deleted_now_is_deleted_later_and_holds_up_nothing_else() throws Exception {
    Claimed claim = running();
    for (String name : List.of("a", "b", "c")) {
      keep(claim, name, "x");
    }
    house.settle(List.of(claim), FAILED);
    UUID stuck =
        house.database.read(
            tx -> tx.query("select id from artifact where name = 'a'").mapTo(UUID.class).one());
    Shelf refusing =
        new Death.Faulty(shelf()) {
          @Override
          public void delete(UUID id) throws IOException {
            if (id.equals(stuck)) {
              throw new IOException("not now");
            }
            super.delete(id);
          }
        };
    artifacts(refusing).sweep().runOnce();
    assertThat(lying()).hasSize(1);
    house.pass(java.time.Duration.ofMinutes(6));
    sweep();
    assertThat(lying()).isEmpty();
  }

  @Test
  void two_sweepers_at_once_are_harmless() throws Exception {
    Claimed gone = running();
    for (int i = 0; i < 40; i++) {
      keep(gone, "gone" + i, "x");
    }
    house.settle(List.of(gone), FAILED);
    Claimed stays = running();
    keep(stays, "stays", "x");
    house.settle(List.of(stays), EngineFixture.SUCCESS);
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
    assertThat(lying()).hasSize(1);
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void what_lies_on_another_shelf_is_neither_read_nor_swept() throws Exception {
    Claimed claim = running();
    keep(claim, "page.txt", "x");
    house.settle(List.of(claim), EngineFixture.SUCCESS);
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Artifacts other =
        new Artifacts(house.database, house.clock, new ArtifactPlace.Folder(elsewhere), LIMITS);
    assertThatThrownBy(() -> other.open(seen(claim).getFirst(), 0, 1))
        .hasMessageContaining(shelf().name());
    house.database.useTransaction(tx -> tx.update("delete from batch").execute());
    other.sweep().runOnce();
    assertThat(rows()).isEqualTo(1);
    assertThat(lying()).hasSize(1);
    sweep();
    assertThat(lying()).isEmpty();
  }
}
