package io.headgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.config.Key;
import io.headgate.http.TestClient.Reply;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Renders in a whole server, by a browser where there is one and without where there is none. */
class RenderFloodTest {

  private static final String CARD =
      "{\"input\":{\"html\":\"<body style='background:#0000ff'><h1>Card</h1>\"}},";

  private final LiveServer server = new LiveServer(Map.of(Key.ALLOW_PRIVATE_TARGETS, "true"));

  @AfterEach
  void close() {
    server.close();
  }

  private Reply submit(int cards, String options) {
    String items = CARD.repeat(cards);
    return server.client.post(
        "/v1/batches",
        "{\"processor\":\"render\",\"options\":%s,\"items\":[%s]}"
            .formatted(options, items.substring(0, items.length() - 1)));
  }

  private JsonNode batch(String id) {
    return server.client.get("/v1/batches/" + id).json();
  }

  @Test
  void a_picture_is_an_artifact_of_its_item() throws IOException, InterruptedException {
    String id = submit(1, "{\"width\":120,\"height\":80}").json().path("id").asString();

    assertThat(LiveServer.end(server.client, id)).isEqualTo("completed");
    JsonNode item = server.client.get("/v1/batches/" + id + "/items/0").json();
    assertThat(item.at("/output/results/0/artifact").asString()).isEqualTo("default.png");
    URI address = URI.create(item.at("/artifacts/0/url").asString());
    URI here = URI.create("http://127.0.0.1:" + server.port()).resolve(address);
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<java.io.InputStream> picture =
          client.send(
              HttpRequest.newBuilder(here).build(), HttpResponse.BodyHandlers.ofInputStream());
      assertThat(picture.headers().firstValue("content-type")).contains("image/png");
      assertThat(ImageIO.read(picture.body()).getRGB(60, 75) & 0xffffff).isEqualTo(0x0000ff);
    }
  }

  @Test
  void what_cannot_be_drawn_is_refused_at_the_submit() {
    assertThat(submit(1, "{\"width\":20000,\"height\":20000}").text())
        .contains("options.width", "must be at most 4000");
    assertThat(submit(1, "{\"template\":\"ABCDEFGHIJ\"}").text())
        .contains("options.template", "is the id of no template of this account");
    assertThat(
            server
                .client
                .post(
                    "/v1/batches",
                    "{\"processor\":\"render\",\"items\":[{\"input\":{\"html\":\"%s\"}}]}"
                        .formatted("x".repeat(3_000_000)))
                .status())
        .isBetween(400, 422);
  }

  @Test
  void while_two_hundred_renders_wait_a_cancel_is_quick_and_other_work_runs() {
    String flood = submit(200, "{}").json().path("id").asString();
    Await.until(
        "renders run",
        Duration.ofSeconds(60),
        () -> batch(flood).at("/counts/succeeded").asInt() > 0);
    List<Long> millis = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      String other = submit(5, "{}").json().path("id").asString();
      long before = System.nanoTime();
      Reply receipt = server.client.post("/v1/batches/" + other + "/cancel", "{}");
      millis.add((System.nanoTime() - before) / 1_000_000);
      assertThat(receipt.status()).isEqualTo(200);
    }
    Collections.sort(millis);

    assertThat(millis.get(5)).as("median of cancels in milliseconds").isLessThan(150);
    assertThat(batch(flood).at("/counts/running").asInt())
        .isLessThanOrEqualTo(2 * Runtime.getRuntime().availableProcessors());
    server.client.post("/v1/batches/" + flood + "/cancel", "{\"mode\":\"interrupt\"}");
    assertThat(LiveServer.end(server.client, flood)).isEqualTo("cancelled");
    assertThat(LiveServer.violations(server.database)).isEmpty();
  }
}
