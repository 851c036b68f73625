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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class BucketBlobStoreTest extends ArtifactSuite {

  private static BucketServer server;
  private BucketServer.TestBucket bucket;

  @BeforeAll
  static void start() {
    server = BucketServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void createBucket() {
    bucket = server.bucket();
  }

  @Override
  BlobStore store() {
    return bucket.store();
  }

  @Override
  Set<String> storedFiles() {
    return bucket.list();
  }

  @Override
  void leavePartialFile() {
    // An interrupted upload leaves nothing in a bucket.
  }

  @Test
  void a_missing_file_cannot_be_read_and_may_be_deleted() throws Exception {
    UUID id = UUID.randomUUID();
    assertThatThrownBy(() -> store().open(id, 0, 1)).isInstanceOf(IOException.class);
    store().delete(id);
    assertThat(storedFiles()).isEmpty();
  }

  @Test
  void a_wrong_secret_or_a_service_that_does_not_answer_is_an_io_error() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "x");
    try (BlobStore wrongSecret = bucket.store("wrong");
        BlobStore unreachable = bucket.storeOfClosedPort()) {
      assertThatThrownBy(() -> wrongSecret.put(UUID.randomUUID(), file, 1))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> unreachable.put(UUID.randomUUID(), file, 1))
          .isInstanceOf(IOException.class);
    }
    assertThat(storedFiles()).isEmpty();
  }

  @Test
  void a_large_file_is_read_back_unchanged() throws Exception {
    byte[] bytes = new byte[20 << 20];
    new java.util.Random(1).nextBytes(bytes);
    Path file = Files.write(folder.resolve("large"), bytes);
    UUID id = UUID.randomUUID();
    store().put(id, file, bytes.length);
    try (var in = store().open(id, 0, bytes.length)) {
      assertThat(in.readAllBytes()).isEqualTo(bytes);
    }
  }
}
