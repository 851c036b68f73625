package io.headgate;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.headgate.config.ConfigKey;
import io.headgate.http.TestClient;
import io.headgate.outbound.Site;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Checks that the log contains no keys and cookies: messages of this server at all levels, and of
 * libraries at the levels that are configured.
 */
class SecretsInLogsTest {

  private static final String COOKIE = "session=c00kie-not-to-be-logged";
  private static final String UNKNOWN_KEY = "hg_" + "Z".repeat(43);

  private final Queue<String> logged = new ConcurrentLinkedQueue<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Logger ours = (Logger) LoggerFactory.getLogger("io.headgate");
  private final java.util.logging.Logger jul = java.util.logging.Logger.getLogger("");
  private final AppenderBase<ILoggingEvent> appender = new RecordingAppender();
  private final Handler handler = new RecordingHandler();

  /** Stores every event as formatted text, with its exception and its MDC. */
  private final class RecordingAppender extends AppenderBase<ILoggingEvent> {
    private final PatternLayout layout = new PatternLayout();

    @Override
    public void start() {
      layout.setContext(getContext());
      layout.setPattern("%level %logger %thread %mdc %msg %ex%n");
      layout.start();
      super.start();
    }

    @Override
    protected void append(ILoggingEvent event) {
      logged.add(layout.doLayout(event));
    }
  }

  private final class RecordingHandler extends Handler {
    private final SimpleFormatter formatter = new SimpleFormatter();

    @Override
    public void publish(LogRecord line) {
      logged.add(formatter.format(line));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @BeforeEach
  void startRecording() {
    appender.setContext(root.getLoggerContext());
    appender.start();
    root.addAppender(appender);
    ours.setLevel(Level.TRACE);
    handler.setLevel(java.util.logging.Level.ALL);
    jul.addHandler(handler);
  }

  @AfterEach
  void stopRecording() {
    jul.removeHandler(handler);
    ours.setLevel(null);
    root.detachAppender(appender);
  }

  @Test
  void neither_a_key_nor_a_cookie_nor_the_secret_of_a_webhook_is_ever_logged() {
    AtomicInteger requests = new AtomicInteger();
    String secret;
    try (LiveServer server = new LiveServer(Map.of(ConfigKey.ALLOW_PRIVATE_TARGETS, "true"));
        Site site = new Site()) {
      site.page(
          "/",
          exchange -> {
            if (COOKIE.equals(exchange.getRequestHeaders().getFirst("Cookie"))) {
              requests.incrementAndGet();
            }
            Site.answer(exchange, 200, Map.of("Content-Type", "text/html"), "<p>hello");
          });
      site.page("/hook", "text/plain", "thank you");
      String key = new RequestsWithKeys(server.client).all();
      scrape(server.client, site.url("/"));
      assertThat(requests).hasValue(1);
      scrapeThroughDialect(server.client.withKey(null), key, site.url("/"));
      secret = webhookSecret(server.client, site.url("/hook"));
      assertThat(requests).hasValueGreaterThan(1);
      assertThat(String.join("", logged)).contains("headgate").doesNotContain(key);
    }
    assertThat(String.join("", logged))
        .doesNotContain(COOKIE, "c00kie-not", UNKNOWN_KEY, "Z".repeat(43))
        .doesNotContain(secret, secret.substring("whsec_".length()));
  }

  /** Creates a webhook, sends a test event to it and returns its secret. */
  private static String webhookSecret(TestClient client, String url) {
    tools.jackson.databind.JsonNode webhook =
        client.post("/v1/webhooks", "{\"url\":\"%s\"}".formatted(url)).json();
    String path = "/v1/webhooks/" + webhook.path("id").asString();
    client.post(path + "/test", null);
    Await.until(
        "the test event was sent",
        java.time.Duration.ofSeconds(20),
        () -> !client.get(path).json().path("last_attempt").isNull());
    return webhook.path("secret").asString();
  }

  private static void scrape(TestClient client, String url) {
    TestClient.HttpReply reply =
        client.post(
            "/v1/batches",
            "{\"processor\":\"scrape\",\"options\":{\"headers\":{\"Cookie\":\"%s\"}},\"items\":[\"%s\"]}"
                .formatted(COOKIE, url));
    assertThat(reply.status()).as(reply.text()).isEqualTo(202);
    assertThat(LiveServer.awaitEnd(client, reply.json().path("id").asString()))
        .isEqualTo("completed");
  }

  /** Submits like a client of a vendor API: cookies in the body, the key in a header. */
  private static void scrapeThroughDialect(TestClient client, String key, String url) {
    String path = "/api/batch/scrape";
    TestClient.HttpReply reply =
        client.send(
            client
                .request(path, "x-api-key", key, "Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"urls\":[\"%s\"],\"cookies\":\"%s\"}".formatted(url, COOKIE))));
    assertThat(reply.status()).as(reply.text()).isEqualTo(202);
    String batch = reply.json().path("batchId").asString();
    assertThat(LiveServer.awaitEnd(client.withKey(key), batch)).isEqualTo("completed");
  }

  /** Sends keys in all places of a request. */
  private record RequestsWithKeys(TestClient client) {

    /** Sends all requests; returns the valid key that they used. */
    String all() {
      String key = client.post("/v1/keys", "{\"name\":\"used\"}").json().path("secret").asString();
      TestClient user = client.withKey(key);
      TestClient anonymous = client.withKey(null);
      user.get("/v1/account");
      anonymous.get("/v1/account", "x-api-key", key);
      for (String one : new String[] {key, UNKNOWN_KEY}) {
        anonymous.get("/v1/account", "Authorization", "Basic " + one);
        anonymous.get("/v1/account", "Authorization", one, "Cookie", COOKIE);
        anonymous.get("/v1/account?key=" + one);
        user.get("/v1/batches?cursor=" + one);
        user.get("/v1/batches/" + one);
        user.get("/" + one);
        user.get("/v1/account", "X-Request-Id", "id", "Cookie", COOKIE);
        user.post("/v1/batches", "{\"processor\":\"" + one + "\",\"items\":[\"x\"]}");
        user.post("/v1/batches", "{\"" + one + "\":1");
        user.post("/v1/batches/cancel", "null", "Idempotency-Key", one);
        anonymous.get("/api/batch/scrape", "x-api-key", one);
        user.delete("/api/batch/scrape/" + one);
        user.post("/api/batch/scrape", "{\"cookies\":\"" + COOKIE + "\",\"urls\":[7]}");
        user.post("/templates/batch/" + one + "/cancel", null);
        anonymous.get("/templates", "Authorization", "Bearer " + one);
      }
      anonymous.withKey(UNKNOWN_KEY).get("/v1/account");
      return key;
    }
  }
}
