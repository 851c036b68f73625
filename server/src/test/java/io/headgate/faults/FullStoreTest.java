package io.headgate.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.headgate.ArtifactStoringProcessor;
import io.headgate.LiveServer;
import io.headgate.config.ConfigKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The disk of the artifact store is completely full. */
@Tag("process")
@Tag("slow")
class FullStoreTest {

  @TempDir Path folder;
  private Optional<SmallDisk> disk = Optional.empty();

  @AfterEach
  void unmount() {
    disk.ifPresent(SmallDisk::close);
  }

  private static JsonNode item(LiveServer server) {
    String text = "x".repeat(100_000);
    String batch =
        server
            .client
            .post(
                "/v1/batches",
                """
                {"processor":"keeper","limits":{"max_attempts":1},"items":[{"input":{"files":[
                  {"name":"a","type":"text/plain","text":"%s"}]}}]}
                """
                    .formatted(text))
            .json()
            .path("id")
            .asString();
    LiveServer.awaitEnd(server.client, batch);
    return server.client.get("/v1/batches/" + batch + "/items/0").json();
  }

  private static long artifacts(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(path -> path.getFileName().toString().length() >= 36).count();
    }
  }

  @Test
  void the_item_fails_nothing_is_kept_partially_and_work_resumes_when_space_is_freed()
      throws Exception {
    disk = SmallDisk.mount(folder.resolve("disk"), 4);
    assertThat(disk.isPresent() || !Boolean.getBoolean("headgate.can-mount")).isTrue();
    assumeTrue(disk.isPresent(), "only root can mount a file system");
    SmallDisk small = disk.orElseThrow();
    Map<ConfigKey, String> config = Map.of(ConfigKey.ARTIFACTS_FOLDER, small.folder.toString());
    try (LiveServer server = new LiveServer(config, new ArtifactStoringProcessor())) {
      assertThat(item(server).path("artifacts")).hasSize(1);
      small.fill();
      JsonNode refused = item(server);
      assertThat(refused.path("state").asString()).isEqualTo("failed");
      assertThat(refused.at("/error/code").asString()).isEqualTo("artifact-not-kept");
      assertThat(refused.at("/error/message").asString())
          .isEqualTo("the artifact store did not accept a");
      assertThat(artifacts(small.folder)).isEqualTo(1);
      small.free();
      assertThat(item(server).path("artifacts")).hasSize(1);
      assertThat(artifacts(small.folder)).isEqualTo(2);
      assertThat(LiveServer.violations(server.database)).isEmpty();
    }
  }
}
