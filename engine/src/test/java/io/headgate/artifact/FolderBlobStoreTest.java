package io.headgate.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.engine.StartedAttempt;
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

class FolderBlobStoreTest extends ArtifactSuite {

  @TempDir Path root;
  private FolderBlobStore store;

  @BeforeEach
  void open() {
    store = new FolderBlobStore(root);
  }

  @Override
  BlobStore store() {
    return store;
  }

  @Override
  Set<String> storedFiles() throws IOException {
    return files(root);
  }

  /** The partial copy that a kill during a write leaves. */
  @Override
  void leavePartialFile() {
    UUID id =
        fixture.database.read(tx -> tx.query("select id from artifact").mapTo(UUID.class).one());
    try {
      Path folder = Files.createDirectories(root.resolve(id.toString().substring(0, 2)));
      Files.writeString(folder.resolve(id + ".part"), "ha");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void a_folder_keeps_its_name_when_it_is_opened_again_or_moved() throws Exception {
    String name = store.name();
    assertThat(new FolderBlobStore(root).name()).isEqualTo(name);
    Path moved = root.resolveSibling(root.getFileName() + "-moved");
    Files.move(root, moved);
    assertThat(new FolderBlobStore(moved).name()).isEqualTo(name);
    assertThat(new FolderBlobStore(root).name()).isNotEqualTo(name);
  }

  @Test
  void a_round_ends_after_several_failed_deletes() throws Exception {
    fixture.submit(4);
    List<StartedAttempt> claims = fixture.claim(4);
    for (StartedAttempt claim : claims) {
      for (int i = 0; i < LIMITS.perItem(); i++) {
        put(claim, "a" + i, "x");
      }
    }
    fixture.settle(claims, FAILED);
    AtomicInteger asked = new AtomicInteger();
    BlobStore dead =
        new ProcessDeath.FaultyBlobStore(store()) {
          @Override
          public void delete(UUID id) throws IOException {
            asked.incrementAndGet();
            throw new IOException("unreachable");
          }
        };
    assertThat(artifacts(dead).sweeper().runOnce()).as("at once again").isFalse();
    assertThat(asked).hasValue(3);
    fixture.advance(Duration.ofMinutes(6));
    sweep();
    assertThat(storedFiles()).isEmpty();
  }

  @Test
  void a_file_that_changes_while_it_is_read_is_refused() throws Exception {
    Path file = Files.writeString(folder.resolve("changing"), "12345");
    UUID id = UUID.randomUUID();
    assertThatThrownBy(() -> store.put(id, file, 4)).hasMessageContaining("changed");
    assertThatThrownBy(() -> store.put(id, file, 6)).hasMessageContaining("changed");
    assertThatThrownBy(() -> store.open(id, 0, 4)).isInstanceOf(IOException.class);
    store.delete(id);
    assertThat(storedFiles()).isEmpty();
  }
}
