package io.headgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.config.ConfigKey;
import io.headgate.http.TestClient;
import io.headgate.http.TestClient.HttpReply;
import io.headgate.outbound.Site;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Rendering in a complete server, with Chromium if it is installed. */
@Tag("browser")
class RenderFloodTest {

  private static final String ITEM =
      "{\"input\":{\"html\":\"<body style='background:#0000ff'><h1>Card</h1>\"}},";

  private final LiveServer server = new LiveServer(Map.of(ConfigKey.ALLOW_PRIVATE_TARGETS, "true"));

  @AfterEach
  void close() {
    server.close();
  }

  private HttpReply submit(int count, String options) {
    String items = ITEM.repeat(count);
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

    assertThat(LiveServer.awaitEnd(server.client, id)).isEqualTo("completed");
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
  void invalid_options_and_input_are_refused_at_submit() {
    assertThat(submit(1, "{\"width\":20000,\"height\":20000}").text())
        .contains("options.width", "must be at most 4000");
    assertThat(submit(1, "{\"template\":\"ABCDEFGHIJ\"}").text())
        .contains("options.template", "must be the id of a template of this account");
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

  /**
   * One account submits a flood of renders. Pages of another account and cancels of both take about
   * as long as without the flood.
   */
  @Test
  void a_flood_of_renders_slows_neither_a_cancel_nor_the_scrape_of_another_account() {
    TestClient flooder = server.client;
    TestClient other = newTenant();
    try (Site site = new Site().page("/", "text/html", "<title>t</title><p>one")) {
      scrape(other, site); // warms up
      cancel(flooder);
      long pagesAlone = median(3, () -> scrape(other, site));
      long cancelAlone = median(9, () -> cancel(other));

      String flood = submit(400, "{}").json().path("id").asString();
      Await.until(
          "renders run",
          Duration.ofSeconds(60),
          () -> batch(flood).at("/counts/succeeded").asInt() > 0);
      long pages = median(3, () -> scrape(other, site));
      long cancelOfOther = median(9, () -> cancel(other));
      long cancelOfFlooder = median(9, () -> cancel(flooder));

      assertThat(batch(flood).at("/counts/pending").asInt()).as("items still pending").isPositive();
      assertThat(batch(flood).at("/counts/running").asInt())
          .isLessThanOrEqualTo(2 * Runtime.getRuntime().availableProcessors());
      long quick = Math.min(150, 5 * cancelAlone + 50);
      assertThat(pages).as("millis of pages").isLessThan(5 * pagesAlone + 3_000);
      assertThat(cancelOfOther).as("millis of a cancel").isLessThan(quick);
      assertThat(cancelOfFlooder).as("millis of a cancel").isLessThan(quick);
      flooder.post("/v1/batches/" + flood + "/cancel", "{\"mode\":\"interrupt\"}");
      assertThat(LiveServer.awaitEnd(flooder, flood)).isEqualTo("cancelled");
    }
    assertThat(LiveServer.violations(server.database)).isEmpty();
  }

  private TestClient newTenant() {
    String account =
        server.client.post("/v1/accounts", "{\"name\":\"other\"}").json().path("id").asString();
    JsonNode key =
        server
            .client
            .post("/v1/keys", "{\"name\":\"other\",\"account_id\":\"" + account + "\"}")
            .json();
    return server.client.withKey(key.path("secret").asString());
  }

  private static long median(int times, LongSupplier millis) {
    return LongStream.generate(millis).limit(times).sorted().skip(times / 2).findFirst().orElse(0);
  }

  /** Milliseconds from the submit of forty pages to their end. */
  private static long scrape(TestClient client, Site site) {
    long before = System.nanoTime();
    String items = ("{\"input\":\"" + site.url("/") + "\"},").repeat(40);
    String id =
        client
            .post(
                "/v1/batches",
                "{\"processor\":\"scrape\",\"items\":[%s]}"
                    .formatted(items.substring(0, items.length() - 1)))
            .json()
            .path("id")
            .asString();
    assertThat(LiveServer.awaitEnd(client, id)).isEqualTo("completed");
    return (System.nanoTime() - before) / 1_000_000;
  }

  /** Milliseconds of the cancel of a pending batch. */
  private static long cancel(TestClient client) {
    String id =
        client
            .post(
                "/v1/batches",
                "{\"processor\":\"scrape\",\"start_at\":\"2100-01-01T00:00:00Z\",\"items\":["
                    + "{\"input\":\"https://example.org/\"}]}")
            .json()
            .path("id")
            .asString();
    long before = System.nanoTime();
    HttpReply receipt = client.post("/v1/batches/" + id + "/cancel", "{}");
    assertThat(receipt.status()).as(receipt.text()).isEqualTo(200);
    return (System.nanoTime() - before) / 1_000_000;
  }
}
