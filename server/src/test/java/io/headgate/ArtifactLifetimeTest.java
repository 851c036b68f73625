package io.headgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.artifact.ArtifactStorage;
import io.headgate.artifact.Artifacts;
import io.headgate.artifact.BucketServer;
import io.headgate.config.ConfigKey;
import io.headgate.db.ClusterClock;
import io.headgate.db.Partitions;
import io.headgate.http.TestClient.HttpReply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where artifacts are stored and when they are deleted, in complete servers. */
class ArtifactLifetimeTest {

  private static final String BATCH =
      """
      {"processor":"keeper","limits":{"max_attempts":1},"items":[
        {"input":{"files":[{"name":"a.txt","type":"text/plain","text":"one"}]}},
        {"input":{"files":[{"name":"a.txt","type":"text/plain","text":"two"},
                           {"name":"b.bin","type":"application/x-thing","text":"three"}]}},
        {"input":{"fails":true,"files":[{"name":"a.txt","type":"text/plain","text":"four"}]}}]}
      """;

  @TempDir Path folder;

  private static String finished(LiveServer server) {
    HttpReply submitted = server.client.post("/v1/batches", BATCH);
    assertThat(submitted.status()).as(submitted.text()).isEqualTo(202);
    String batch = submitted.json().path("id").asString();
    LiveServer.awaitEnd(server.client, batch);
    return batch;
  }

  private static List<JsonNode> results(LiveServer server, String batch) {
    return server
        .client
        .get("/v1/batches/" + batch + "/results?state=succeeded")
        .text()
        .lines()
        .map(line -> JsonMapper.shared().readTree(line))
        .sorted(java.util.Comparator.comparingInt(line -> line.path("ordinal").asInt()))
        .toList();
  }

  private static String path(JsonNode artifact) {
    return artifact.path("url").asString().replaceFirst("^https?://[^/]*", "");
  }

  private long files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).filter(path -> !path.endsWith("store-id")).count();
    }
  }

  @Test
  void results_list_artifacts_with_links_that_begin_with_the_public_url() {
    Map<ConfigKey, String> config =
        Map.of(ConfigKey.PUBLIC_URL, "https://batches.example.org/headgate/");
    try (LiveServer server = new LiveServer(config, new ArtifactStoringProcessor())) {
      List<JsonNode> lines = results(server, finished(server));
      assertThat(lines.get(0).path("artifacts")).hasSize(1);
      assertThat(lines.get(1).path("artifacts"))
          .extracting(artifact -> artifact.path("name").asString())
          .containsExactly("a.txt", "b.bin");
      assertThat(lines.get(1).at("/artifacts/0/url").asString())
          .startsWith("https://batches.example.org/headgate/artifacts/");
    }
  }

  @Test
  void retention_deletes_artifacts_with_their_batch() throws Exception {
    Map<ConfigKey, String> config = Map.of(ConfigKey.ARTIFACTS_FOLDER, folder.toString());
    try (LiveServer server = new LiveServer(config, new ArtifactStoringProcessor())) {
      String batch = finished(server);
      String link = path(results(server, batch).getFirst().at("/artifacts/0"));
      assertThat(server.client.get(link).text()).isEqualTo("one");
      ClusterClock clock = ClusterClock.of(server.database);
      sweep(server, clock);
      assertThat(files()).isEqualTo(3);
      server.database.useTransaction(tx ->
          tx.update("update batch set retain_until = created_at - interval '1 day'").execute());
      assertThat(server.client.get(link).status()).isEqualTo(404);
      new Partitions(server.database, Partitions.DEFAULT_INTERVAL)
          .drop(clock.instant().plus(Duration.ofDays(4)));
      sweep(server, clock);
      assertThat(server.client.get(link).status()).isEqualTo(404);
      assertThat(files()).isZero();
      assertThat(LiveServer.violations(server.database)).isEmpty();
    }
  }

  private void sweep(LiveServer server, ClusterClock clock) {
    ArtifactStorage location = new ArtifactStorage.Folder(folder);
    try (Artifacts artifacts =
        new Artifacts(server.database, clock, location, new Artifacts.ArtifactLimits(1, 1))) {
      Await.until(
          "all unused files are deleted",
          Duration.ofSeconds(20),
          () -> !artifacts.sweeper().runOnce());
    }
  }

  @Test
  void another_server_on_the_same_folder_serves_the_same_links() {
    Map<ConfigKey, String> config = Map.of(ConfigKey.ARTIFACTS_FOLDER, folder.toString());
    try (LiveServer server = new LiveServer(config, new ArtifactStoringProcessor())) {
      String link = path(results(server, finished(server)).getFirst().at("/artifacts/0"));
      assertThat(server.startAnother(config).get(link).text()).isEqualTo("one");
      HttpReply elsewhere = server.startAnother().get(link);
      assertThat(elsewhere.status()).isEqualTo(503);
      assertThat(elsewhere.text()).contains("The artifact store");
    }
  }

  @Test
  void a_server_with_a_bucket_stores_and_serves_from_it() {
    try (BucketServer service = BucketServer.start()) {
      BucketServer.TestBucket bucket = service.bucket();
      Map<ConfigKey, String> config =
          Map.of(
              ConfigKey.ARTIFACTS_S3_ENDPOINT, service.endpoint().toString(),
              ConfigKey.ARTIFACTS_S3_BUCKET, bucket.name,
              ConfigKey.ARTIFACTS_S3_ACCESS_KEY, BucketServer.ACCESS_KEY,
              ConfigKey.ARTIFACTS_S3_SECRET_KEY, BucketServer.SECRET_KEY,
              ConfigKey.ARTIFACTS_S3_PATH_STYLE, "true");
      try (LiveServer server = new LiveServer(config, new ArtifactStoringProcessor())) {
        String link = path(results(server, finished(server)).get(1).at("/artifacts/1"));
        assertThat(server.client.get(link).text()).isEqualTo("three");
        HttpReply part = server.client.get(link, "Range", "bytes=1-2");
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.text()).isEqualTo("hr");
        assertThat(bucket.list()).hasSize(4);
      }
    }
  }
}
