package io.headgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.artifact.ArtifactLinks;
import io.headgate.db.ClusterClock;
import io.headgate.db.SharedSecret;
import io.headgate.http.TestClient;
import io.headgate.http.TestClient.HttpReply;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Downloads of artifacts from a complete server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArtifactServingTest {

  private static final String TEXT = "0123456789";
  private static final String TEXT_SHA256 =
      "84d89877f0d4041efb6bf91a16f0248f2fd573e6af05c19f96bedb9f882f7882";

  private final LiveServer server = new LiveServer(new ArtifactStoringProcessor());
  private String text = "";

  @BeforeAll
  void storeArtifact() {
    text = path(storedArtifact("digits.txt", "text/plain", TEXT));
  }

  @AfterAll
  void stop() {
    server.close();
  }

  /** Runs a batch with this input and returns its item. */
  private JsonNode item(String input) {
    HttpReply submitted =
        server.client.post(
            "/v1/batches",
            "{\"processor\":\"keeper\",\"limits\":{\"max_attempts\":1},\"items\":[{\"input\":%s}]}"
                .formatted(input));
    assertThat(submitted.status()).as(submitted.text()).isEqualTo(202);
    String batch = submitted.json().path("id").asString();
    LiveServer.awaitEnd(server.client, batch);
    return server.client.get("/v1/batches/" + batch + "/items/0").json();
  }

  private JsonNode storedArtifact(String name, String type, String content) {
    JsonNode item =
        item(
            "{\"files\":[{\"name\":\"%s\",\"type\":\"%s\",\"text\":\"%s\"}]}"
                .formatted(name, type, content));
    assertThat(item.path("artifacts").size()).as(item.toString()).isEqualTo(1);
    return item.path("artifacts").get(0);
  }

  private String path(JsonNode artifact) {
    String url = artifact.path("url").asString();
    String here = "http://127.0.0.1:" + server.port();
    assertThat(url).startsWith(here + "/artifacts/");
    return url.substring(here.length());
  }

  private HttpReply fetch(String path, String... headers) {
    return server.client.withKey(null).get(path, headers);
  }

  @Test
  void an_item_lists_its_artifacts_and_their_urls_need_no_key() {
    JsonNode artifact = storedArtifact("page.txt", "text/plain", TEXT);
    assertThat(artifact.path("name").asString()).isEqualTo("page.txt");
    assertThat(artifact.path("media_type").asString()).isEqualTo("text/plain");
    assertThat(artifact.path("bytes").asLong()).isEqualTo(10);
    assertThat(artifact.path("sha256").asString()).isEqualTo(TEXT_SHA256);
    HttpReply fetched = fetch(path(artifact));
    assertThat(fetched.status()).isEqualTo(200);
    assertThat(fetched.text()).isEqualTo(TEXT);
    assertThat(fetched.header("Content-Type")).isEqualTo("text/plain");
    assertThat(fetched.header("Content-Length")).isEqualTo("10");
    assertThat(fetched.header("ETag")).isEqualTo('"' + TEXT_SHA256 + '"');
    assertThat(fetched.header("Accept-Ranges")).isEqualTo("bytes");
    assertThat(fetched.header("Cache-Control")).isEqualTo("private");
    assertThat(fetched.header("X-Content-Type-Options")).isEqualTo("nosniff");
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0,     0,          0-0",
    "bytes=2-4,     234,        2-4",
    "bytes=7-,      789,        7-9",
    "bytes=-3,      789,        7-9",
    "bytes=-99,     0123456789, 0-9",
    "bytes=5-99999, 56789,      5-9",
    "bytes = 1 - 1, 1,          1-1"
  })
  void a_range_request_gets_the_range(String range, String part, String where) {
    HttpReply fetched = fetch(text, "Range", range);
    assertThat(fetched.status()).isEqualTo(206);
    assertThat(fetched.text()).isEqualTo(part);
    assertThat(fetched.header("Content-Range")).isEqualTo("bytes " + where + "/10");
    assertThat(fetched.header("Content-Length")).isEqualTo(Integer.toString(part.length()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=10-", "bytes=10-12", "bytes=-0", "bytes=99-"})
  void a_range_past_the_end_gets_416_and_the_length(String range) {
    HttpReply fetched = fetch(text, "Range", range);
    assertThat(fetched.status()).isEqualTo(416);
    assertThat(fetched.header("Content-Range")).isEqualTo("bytes */10");
    assertThat(fetched.text()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=0-1,4-5", "bytes=4-2", "bytes=-", "lines=1-2", "bytes=a-b", ""})
  void multiple_and_invalid_ranges_get_the_whole_artifact(String range) {
    HttpReply fetched = fetch(text, "Range", range);
    assertThat(fetched.status()).isEqualTo(200);
    assertThat(fetched.text()).isEqualTo(TEXT);
  }

  @Test
  void an_unchanged_artifact_is_not_sent_again() {
    String tag = fetch(text).header("ETag");
    for (String known : List.of(tag, "W/" + tag, "\"other\", " + tag, "*")) {
      HttpReply same = fetch(text, "If-None-Match", known);
      assertThat(same.status()).as(known).isEqualTo(304);
      assertThat(same.text()).isEmpty();
      assertThat(same.header("ETag")).isEqualTo(tag);
    }
    assertThat(fetch(text, "If-None-Match", "\"other\"").text()).isEqualTo(TEXT);
    assertThat(fetch(text, "Range", "bytes=0-1", "If-Range", tag).text()).isEqualTo("01");
    assertThat(fetch(text, "Range", "bytes=0-1", "If-Range", "\"other\"").text()).isEqualTo(TEXT);
  }

  @Test
  void head_returns_the_same_headers_without_a_body() {
    HttpReply head = new TestClient(server.port(), null).method("HEAD", text);
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("Content-Length")).isEqualTo("10");
    assertThat(head.header("ETag")).isEqualTo(fetch(text).header("ETag"));
    assertThat(head.text()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/html",
        "TEXT/HTML; charset=utf-8",
        "image/svg+xml",
        "image/svg",
        "application/xhtml+xml",
        "text/xml",
        "application/javascript",
        "application/octet-stream"
      })
  void an_artifact_with_scripts_is_sandboxed_and_downloaded(String type) {
    HttpReply fetched = fetch(path(storedArtifact("page", type, "<script>alert(1)</script>")));
    assertThat(fetched.status()).isEqualTo(200);
    assertThat(fetched.header("Content-Disposition")).isEqualTo("attachment; filename=\"page\"");
    assertThat(fetched.header("Content-Security-Policy")).isEqualTo("sandbox; default-src 'none'");
    assertThat(fetched.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(fetched.header("Content-Type")).isEqualTo(type);
  }

  @ParameterizedTest
  @ValueSource(strings = {"image/png", "application/pdf", "video/mp4", "audio/mpeg", "text/plain"})
  void an_artifact_without_scripts_is_shown_in_the_browser(String type) {
    HttpReply fetched = fetch(path(storedArtifact("shown", type, "x")));
    assertThat(fetched.header("Content-Disposition")).isEqualTo("inline; filename=\"shown\"");
    assertThat(fetched.header("Content-Security-Policy")).isEmpty();
  }

  @Test
  void invalid_expired_foreign_and_unknown_tokens_get_the_same_404() {
    ClusterClock clock = ClusterClock.of(server.database);
    byte[] secret = SharedSecret.getOrCreate(server.database, "artifacts");
    ArtifactLinks.LinkBase here = new ArtifactLinks.LinkBase(Optional.empty(), () -> "");
    ArtifactLinks.ArtifactRef target =
        new ArtifactLinks(secret, clock, Duration.ofHours(1), here)
            .verify(token(text), "digits.txt")
            .orElseThrow();
    ArtifactLinks.ArtifactRef unknown =
        new ArtifactLinks.ArtifactRef(new UUID(1, 2), 0, "digits.txt");
    String token = token(text);
    List<String> bad =
        List.of(
            new ArtifactLinks(secret, clock, Duration.ofSeconds(-1), here).url(target),
            new ArtifactLinks(new byte[32], clock, Duration.ofHours(1), here).url(target),
            new ArtifactLinks(secret, clock, Duration.ofHours(1), here).url(unknown),
            text.replace("digits.txt", "digits.tx"),
            "/artifacts/%s/digits.txt".formatted(flipped(token)),
            "/artifacts/%s/digits.txt".formatted(token.substring(1)),
            "/artifacts/nonsense/digits.txt",
            "/artifacts/%F0%9F%92%A9/digits.txt");
    String expected = fetch("/artifacts/x/x").text();
    assertThat(bad)
        .allSatisfy(path -> {
          HttpReply refused = fetch(path);
          assertThat(refused.status()).as(path).isEqualTo(404);
          assertThat(refused.text()).isEqualTo(expected);
        });
    assertThat(fetch(text).status()).isEqualTo(200);
  }

  private static String token(String path) {
    return path.split("/", -1)[2];
  }

  private static String flipped(String token) {
    char last = token.charAt(token.length() - 1);
    return token.substring(0, token.length() - 1) + (last == 'A' ? 'B' : 'A');
  }

  @Test
  void artifacts_of_a_failed_item_are_not_listed() {
    JsonNode item =
        item("{\"fails\":true,\"files\":[{\"name\":\"a\",\"type\":\"text/plain\",\"text\":\"\"}]}");
    assertThat(item.path("state").asString()).isEqualTo("failed");
    assertThat(item.path("artifacts").isEmpty()).isTrue();
  }

  @Test
  void an_invalid_artifact_fails_its_item_with_the_reason() {
    String twice = "{\"name\":\"a\",\"type\":\"text/plain\",\"text\":\"x\"}";
    assertThat(failure("{\"files\":[%s,%s]}".formatted(twice, twice)))
        .contains("already has an artifact named a");
    for (String name : Stream.of("", "a/b", "..", "ä", "x".repeat(101)).toList()) {
      assertThat(
              failure(
                  "{\"files\":[{\"name\":\"%s\",\"type\":\"text/plain\",\"text\":\"x\"}]}"
                      .formatted(name)))
          .contains("1 to 100 letters");
    }
    assertThat(failure("{\"files\":[{\"name\":\"a\",\"type\":\"text\\r\\nx: y\",\"text\":\"x\"}]}"))
        .contains("not a media type");
  }

  private String failure(String input) {
    JsonNode item = item(input);
    assertThat(item.path("state").asString()).isEqualTo("failed");
    return item.path("error").path("message").asString();
  }

  @Test
  void an_empty_artifact_is_served() {
    JsonNode artifact = storedArtifact("empty", "text/plain", "");
    assertThat(artifact.path("sha256").asString())
        .startsWith(HexFormat.of().formatHex(new byte[] {(byte) 0xe3, (byte) 0xb0}));
    assertThat(fetch(path(artifact)).status()).isEqualTo(200);
    assertThat(fetch(path(artifact)).text()).isEmpty();
    assertThat(fetch(path(artifact), "Range", "bytes=0-").status()).isEqualTo(416);
  }
}
