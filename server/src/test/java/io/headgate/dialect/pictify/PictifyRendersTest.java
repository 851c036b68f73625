package io.headgate.dialect.pictify;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Await;
import io.headgate.LiveServer;
import io.headgate.api.Description;
import io.headgate.config.ConfigKey;
import io.headgate.http.TestClient;
import io.headgate.http.TestClient.HttpReply;
import io.headgate.webhook.Receiver;
import io.headgate.webhook.Receiver.ReceivedMessage;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Real images through the whole server, and real webhook messages about them. */
@Tag("browser")
class PictifyRendersTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final String RED =
      "{\"html\":\"<body style='margin:0;background:#ff0000'>{{name}}</body>\",\"width\":60,\"height\":40}";

  private static LiveServer server;
  private static TestClient client;
  private static Receiver receiver;

  @BeforeAll
  static void start() {
    receiver = new Receiver();
    server = new LiveServer(Map.of(ConfigKey.ALLOW_PRIVATE_TARGETS, "true"));
    client =
        new TestClient(server.port(), server.key(), Description.ofDialect("pictify", "/")::check);
  }

  @AfterAll
  static void stop() {
    server.close();
    receiver.close();
  }

  private static String template(String json) {
    return client.post("/templates", json).json().at("/template/uid").asString();
  }

  private static byte[] fetch(String url) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<byte[]> answer =
          http.send(
              HttpRequest.newBuilder(URI.create(url)).build(),
              HttpResponse.BodyHandlers.ofByteArray());
      assertThat(answer.statusCode()).isEqualTo(200);
      return answer.body();
    }
  }

  private static int pixel(String url) throws Exception {
    return ImageIO.read(new ByteArrayInputStream(fetch(url))).getRGB(50, 35) & 0xffffff;
  }

  @Test
  void a_batch_renders_each_set_to_an_image_and_sends_webhooks() throws Exception {
    HttpReply subscribed =
        client.post(
            "/webhook-subscriptions",
            "{\"event\":\"render.completed\",\"targetUrl\":\"%s\"}"
                .formatted(receiver.url("/hook")));
    String secret = subscribed.json().at("/subscription/secret").asString();
    String batch =
        client
            .post(
                "/templates/" + template(RED) + "/batch-render",
                "{\"variableSets\":[{\"name\":\"a\"},{\"name\":\"b\"}],\"webhookUrl\":\"%s\"}"
                    .formatted(receiver.url("/ended")))
            .json()
            .path("batchId")
            .asString();
    Await.until(
        "ended", TIMEOUT, () -> results(batch).path("status").asString().equals("completed"));

    JsonNode second = results(batch).at("/results/1");
    assertThat(second.at("/results/0/width").asInt()).isEqualTo(60);
    assertThat(results(batch).at("/results/1/url"))
        .as("the same address")
        .isEqualTo(second.path("url"));
    assertThat(pixel(second.path("url").asString())).isEqualTo(0xff0000);
    Await.until("delivered", TIMEOUT, () -> receiver.receivedAt("/hook").size() == 2);
    Await.until("the end is delivered", TIMEOUT, () -> receiver.receivedAt("/ended").size() == 1);
    ReceivedMessage hook = receiver.receivedAt("/hook").getFirst();
    assertThat(hook.json().path("event").asString()).isEqualTo("render.completed");
    assertThat(hook.json().at("/data/batchId").asString()).isEqualTo(batch);
    assertThat(hook.headers().getFirst("X-Pictify-Event")).isEqualTo("render.completed");
    assertSigned(hook, secret);
    JsonNode end = receiver.receivedAt("/ended").getFirst().json();
    assertThat(end.path("event").asString()).isEqualTo("batch.completed");
    assertThat(end.at("/data/status").asString()).isEqualTo("completed");
    assertThat(end.at("/data/completedCount").asInt()).isEqualTo(2);
  }

  private static JsonNode results(String batch) {
    return client.get("/templates/batch/" + batch + "/results").json();
  }

  private static void assertSigned(ReceivedMessage hook, String secret) throws Exception {
    String[] parts = hook.headers().getFirst("X-Pictify-Signature").split("[=,]", -1);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] expected = mac.doFinal((parts[1] + "." + hook.text()).getBytes(StandardCharsets.UTF_8));
    assertThat(parts[3]).isEqualTo(HexFormat.of().formatHex(expected));
  }

  @Test
  void a_single_render_returns_its_image_and_a_failed_one_its_reason() throws Exception {
    HttpReply image =
        client.post(
            "/image",
            "{\"html\":\"<body style='background:#0000ff'>\",\"width\":60,\"height\":40}");
    assertThat(image.status()).as(image.text()).isEqualTo(200);
    assertThat(pixel(image.json().path("url").asString())).isEqualTo(0x0000ff);
    String strict =
        template(
            "{\"html\":\"{{name}}\",\"variableDefinitions\":[{\"name\":\"name\",\"type\":\"text\","
                + "\"validation\":{\"required\":true}}]}");
    HttpReply missing = client.post("/templates/" + strict + "/render", "{}");
    assertThat(missing.status()).as(missing.text()).isEqualTo(422);
    assertThat(missing.json().path("message").asString()).contains("name");
    HttpReply file = client.post("/image", "{\"url\":\"file:///etc/passwd\"}");
    assertThat(file.status()).isEqualTo(400);
    assertThat(file.json().path("message").asString())
        .isEqualTo("url only http:// and https:// URLs are fetched.");
    assertThat(file.json().at("/errors/0/field").asString()).isEqualTo("url");
  }

  @Test
  void an_unknown_layout_among_several_has_its_own_error() {
    HttpReply reply =
        client.post(
            "/templates/" + template(RED) + "/render",
            "{\"variables\":{\"name\":\"a\"},\"layouts\":[\"default\",\"nope\"]}");
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.json().path("totalRendered").asInt()).isEqualTo(1);
    assertThat(reply.json().at("/errors/0/layout").asString()).isEqualTo("nope");
  }

  @Test
  void an_animation_is_returned_to_anyone_with_its_id() throws Exception {
    HttpReply made =
        client.post(
            "/gif",
            "{\"html\":\"<style>@keyframes a{to{margin:9px}}b{animation:a 1s infinite}</style><b>hi</b>\","
                + "\"width\":60,\"height\":40,\"quality\":\"low\","
                + "\"frameDurationSeconds\":1.5}");
    assertThat(made.status()).as(made.text()).isEqualTo(200);
    JsonNode gif = made.json().path("gif");
    String uid = gif.path("uid").asString();
    JsonNode again = client.withKey(null).get("/gif/" + uid).json().path("gif");
    assertThat(again.path("width").asInt()).isEqualTo(60);
    assertThat(again.path("height").asInt()).isEqualTo(40);
    assertThat(again.path("animationLength").decimalValue()).isEqualByComparingTo("1.5");
    byte[] bytes = fetch(again.path("url").asString());
    assertThat(new String(bytes, 0, 4, StandardCharsets.US_ASCII)).isEqualTo("GIF8");
    for (String wrong : List.of(uid.replace(".60.", ".61."), "A" + uid, "nope", "a.1.1.1")) {
      HttpReply refused = client.withKey(null).get("/gif/" + wrong);
      assertThat(refused.status()).as(wrong).isEqualTo(404);
      assertThat(refused.code()).isEqualTo("gif_not_found");
    }
  }

  @Test
  void variable_sets_become_the_pages_of_one_pdf() throws Exception {
    String uid = template(RED);
    HttpReply reply =
        client.post(
            "/pdf/multi-page",
            "{\"templateUid\":\"%s\",\"variableSets\":[{\"name\":\"Ada\"},{\"name\":\"Alan\"}]}"
                .formatted(uid));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.json().path("pageCount").asInt()).isEqualTo(2);
    try (PDDocument pdf = Loader.loadPDF(fetch(reply.json().path("url").asString()))) {
      assertThat(new PDFTextStripper().getText(pdf)).contains("Ada", "Alan");
    }
    for (String sets : List.of("[]", "[null]", "[1]", "{}", "null")) {
      HttpReply refused =
          client.post(
              "/pdf/multi-page",
              "{\"templateUid\":\"%s\",\"variableSets\":%s}".formatted(uid, sets));
      assertThat(refused.status()).as(sets + refused.text()).isEqualTo(400);
    }
  }

  @Test
  void a_template_becomes_a_pdf() throws Exception {
    HttpReply reply =
        client.post(
            "/pdf/render",
            "{\"templateUid\":\"%s\",\"variables\":{\"name\":\"Ada\"},\"options\":{\"preset\":\"A4\"}}"
                .formatted(template(RED)));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.json().path("pageCount").asInt()).isEqualTo(1);
    byte[] pdf = fetch(reply.json().path("url").asString());
    assertThat(new String(pdf, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
  }

  @Test
  void a_pdf_without_a_preset_has_the_first_one() {
    HttpReply presets = client.get("/pdf/presets");
    HttpReply reply =
        client.post(
            "/pdf/render",
            "{\"templateUid\":\"%s\",\"variables\":{\"name\":\"Ada\"}}".formatted(template(RED)));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.json().path("preset")).isEqualTo(presets.json().at("/presets/0/name"));
    assertThat(reply.json().at("/pageSize/width").asDouble()).isEqualTo(210);
  }
}
