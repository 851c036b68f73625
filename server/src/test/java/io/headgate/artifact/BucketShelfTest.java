package io.headgate.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BucketShelfTest extends ArtifactSuite {

  private static BucketServer server;
  private BucketServer.Bucket bucket;

  @BeforeAll
  static void start() {
    server = BucketServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void make() {
    bucket = server.bucket();
  }

  @Override
  Shelf shelf() {
    return bucket.shelf();
  }

  @Override
  Set<String> lying() {
    return bucket.list();
  }

  @Override
  void leaveHalf() {
    // An interrupted upload leaves nothing in a bucket.
  }

  @Test
  void what_is_not_there_cannot_be_read_and_may_be_deleted() throws Exception {
    UUID id = UUID.randomUUID();
    assertThatThrownBy(() -> shelf().open(id, 0, 1)).isInstanceOf(IOException.class);
    shelf().delete(id);
    assertThat(lying()).isEmpty();
  }

  @Test
  void a_wrong_secret_or_a_service_that_does_not_answer_is_an_io_error() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "x");
    try (Shelf stranger = bucket.shelf("wrong");
        Shelf nowhere = bucket.shelfOfClosedPort()) {
      assertThatThrownBy(() -> stranger.put(UUID.randomUUID(), file, 1))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> nowhere.put(UUID.randomUUID(), file, 1))
          .isInstanceOf(IOException.class);
    }
    assertThat(lying()).isEmpty();
  }

  @Test
  void a_large_file_comes_back_as_it_went() throws Exception {
    byte[] bytes = new byte[20 << 20];
    new java.util.Random(1).nextBytes(bytes);
    Path file = Files.write(folder.resolve("large"), bytes);
    UUID id = UUID.randomUUID();
    shelf().put(id, file, bytes.length);
    try (var in = shelf().open(id, 0, bytes.length)) {
      assertThat(in.readAllBytes()).isEqualTo(bytes);
    }
  }
}
