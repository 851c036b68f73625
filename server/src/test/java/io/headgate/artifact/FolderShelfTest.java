package io.headgate.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.engine.Claimed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderShelfTest extends ArtifactSuite {

  @TempDir Path root;
  private FolderShelf shelf;

  @BeforeEach
  void open() {
    shelf = new FolderShelf(root);
  }

  @Override
  Shelf shelf() {
    return shelf;
  }

  @Override
  Set<String> lying() throws IOException {
    return files(root);
  }

  /** The partial copy that a kill during a write leaves. */
  @Override
  void leaveHalf() {
    UUID id =
        house.database.read(tx -> tx.query("select id from artifact").mapTo(UUID.class).one());
    try {
      Path folder = Files.createDirectories(root.resolve(id.toString().substring(0, 2)));
      Files.writeString(folder.resolve(id + ".part"), "ha");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void a_folder_keeps_its_name_when_it_is_opened_again_or_moved() throws Exception {
    String name = shelf.name();
    assertThat(new FolderShelf(root).name()).isEqualTo(name);
    Path moved = root.resolveSibling(root.getFileName() + "-moved");
    Files.move(root, moved);
    assertThat(new FolderShelf(moved).name()).isEqualTo(name);
    assertThat(new FolderShelf(root).name()).isNotEqualTo(name);
  }

  @Test
  void a_store_that_refuses_deletes_is_left_alone_until_the_next_round() throws Exception {
    house.submit(4);
    List<Claimed> claims = house.claim(4);
    for (Claimed claim : claims) {
      for (int i = 0; i < LIMITS.perItem(); i++) {
        keep(claim, "a" + i, "x");
      }
    }
    house.settle(claims, FAILED);
    AtomicInteger asked = new AtomicInteger();
    Shelf dead =
        new Death.Faulty(shelf()) {
          @Override
          public void delete(UUID id) throws IOException {
            asked.incrementAndGet();
            throw new IOException("unreachable");
          }
        };
    assertThat(artifacts(dead).sweep().runOnce()).as("at once again").isFalse();
    assertThat(asked).hasValue(3);
    house.pass(Duration.ofMinutes(6));
    sweep();
    assertThat(lying()).isEmpty();
  }

  @Test
  void a_file_that_changes_while_it_is_read_is_not_taken() throws Exception {
    Path file = Files.writeString(folder.resolve("changing"), "12345");
    UUID id = UUID.randomUUID();
    assertThatThrownBy(() -> shelf.put(id, file, 4)).hasMessageContaining("changed");
    assertThatThrownBy(() -> shelf.put(id, file, 6)).hasMessageContaining("changed");
    assertThatThrownBy(() -> shelf.open(id, 0, 4)).isInstanceOf(IOException.class);
    shelf.delete(id);
    assertThat(lying()).isEmpty();
  }
}
