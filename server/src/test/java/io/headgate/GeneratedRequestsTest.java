package io.headgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.api.OpenApi;
import io.headgate.http.TestClient;
import io.headgate.http.TestClient.Reply;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Requests made up from the description of the API, right ones and wrong ones: whatever comes, the
 * server answers with a status that the description knows, words a refusal as a problem, and never
 * fails. {@code -Dheadgate.seed=} repeats a run, {@code -Dheadgate.fuzz-seconds=} makes it longer.
 */
class GeneratedRequestsTest {

  private static final long SEED = Long.getLong("headgate.seed", System.nanoTime());
  private static final Duration LASTS =
      Duration.ofSeconds(Integer.getInteger("headgate.fuzz-seconds", 20));

  private final Random random = new Random(SEED);
  private final Values values = new Values(random);

  /** One made-up request. */
  private record Made(
      String method,
      String path,
      Map<String, String> headers,
      @org.jspecify.annotations.Nullable String body) {

    String asCurl() {
      StringBuilder line = new StringBuilder("curl -X " + method + " \"$API" + path + "\"");
      headers.forEach((name, value) ->
          line.append(" -H '").append(name).append(": ").append(value).append("'"));
      if (body != null) {
        line.append(" --data-raw '").append(body.replace("'", "'\\''")).append("'");
      }
      return line.toString();
    }
  }

  @Test
  void whatever_comes_gets_an_answer_that_is_described() {
    List<String> operations = List.copyOf(OpenApi.operations());
    try (LiveServer server = new LiveServer()) {
      Map<String, List<String>> ids = ids(server);
      long end = System.nanoTime() + LASTS.toNanos();
      int asked = 0;
      // Every operation in turn, so that none is left to luck.
      while (System.nanoTime() < end) {
        check(server.client, make(operations.get(asked++ % operations.size()), ids));
      }
      assertThat(asked).isGreaterThan(5 * operations.size());
      assertThat(LiveServer.violations(server.database)).isEmpty();
    }
  }

  /** Ids that are there, by the start of the path they belong to. Batches have ended. */
  private static Map<String, List<String>> ids(LiveServer server) {
    List<String> batches = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      String batch = server.submit("worker", 3, "");
      server.client.post("/v1/batches/" + batch + "/cancel", null);
      batches.add(batch);
    }
    String operation =
        server
            .client
            .post("/v1/batches/cancel", "{\"filter\":{\"name\":\"x\"}}")
            .json()
            .path("operation_id")
            .asString();
    String account =
        server.client.post("/v1/accounts", "{\"name\":\"other\"}").json().path("id").asString();
    String key = server.client.post("/v1/keys", "{\"name\":\"x\"}").json().path("id").asString();
    return Map.of(
        "/v1/batches/", batches,
        "/v1/operations/", List.of(operation),
        "/v1/accounts/", List.of(account),
        "/v1/keys/", List.of(key));
  }

  private static void check(TestClient client, Made made) {
    HttpRequest.Builder request =
        client.request(
            made.path(),
            made.headers().entrySet().stream()
                .flatMap(header -> List.of(header.getKey(), header.getValue()).stream())
                .toArray(String[]::new));
    String body = made.body();
    String repeat = "-Dheadgate.seed=" + SEED + "\n" + made.asCurl();
    try {
      Reply reply =
          client.send(
              request.method(
                  made.method(),
                  body == null
                      ? HttpRequest.BodyPublishers.noBody()
                      : HttpRequest.BodyPublishers.ofString(body)));
      assertThat(reply.status()).as(reply.text()).isLessThan(500);
      if (reply.status() >= 400) {
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
      }
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(repeat + "\n" + e.getMessage(), e);
    }
  }

  private Made make(String operation, Map<String, List<String>> ids) {
    String[] parts = operation.split(" ", 2);
    Map<String, String> headers = new LinkedHashMap<>();
    StringBuilder query = new StringBuilder();
    String path = parts[1];
    for (JsonNode parameter : OpenApi.parameters(operation)) {
      String name = parameter.path("name").asString();
      String in = parameter.path("in").asString();
      if (in.equals("path")) {
        path = path.replace("{" + name + "}", pathValue(path, parameter, ids));
      } else if (random.nextInt(3) == 0) {
        String value = values.text(parameter.path("schema"));
        if (in.equals("header")) {
          headers.put(name, value.replaceAll("[^\\x20-\\x7e]", "?").strip());
        } else {
          String full = name.equals("metadata") ? "metadata.team" : name;
          query.append('&').append(full).append('=').append(encoded(value));
        }
      }
    }
    if (random.nextInt(20) == 0) {
      query.append('&').append(encoded(values.anyText())).append('=').append("1");
    }
    String body = null;
    JsonNode content = OpenApi.operation(operation).path("requestBody").path("content");
    if (content.isObject() || random.nextInt(20) == 0) {
      body = body(content, headers);
    }
    String asked = query.isEmpty() ? path : path + "?" + query.substring(1);
    return new Made(parts[0], asked, headers, body);
  }

  private String pathValue(String path, JsonNode parameter, Map<String, List<String>> ids) {
    List<String> known =
        ids.entrySet().stream()
            .filter(entry -> path.startsWith(entry.getKey()))
            .map(Map.Entry::getValue)
            .findAny()
            .orElse(List.of());
    boolean id = parameter.path("name").asString().equals("id");
    if (id && !known.isEmpty() && random.nextInt(4) > 0) {
      return known.get(random.nextInt(known.size()));
    }
    String made = encoded(values.text(parameter.path("schema")));
    return made.isEmpty() || made.equals(".") || made.equals("..") ? "-" : made;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private String body(JsonNode content, Map<String, String> headers) {
    List<String> types = new ArrayList<>(content.propertyNames());
    String type =
        types.isEmpty() || random.nextInt(15) == 0
            ? "text/plain"
            : types.get(random.nextInt(types.size()));
    headers.put("Content-Type", type);
    JsonNode schema = content.path(type).path("schema");
    return switch (type) {
      case "application/json" -> values.json(schema);
      case "application/x-ndjson" ->
          values.json(schema) + "\n" + values.json(schema) + (random.nextBoolean() ? "\n" : "");
      case "text/csv" -> "ref,url\n" + values.anyText() + "," + values.anyText() + "\n";
      case "multipart/form-data" -> form(schema, headers);
      default -> values.anyText();
    };
  }

  private String form(JsonNode schema, Map<String, String> headers) {
    headers.put("Content-Type", "multipart/form-data; boundary=zz");
    StringBuilder body = new StringBuilder();
    for (String part : schema.path("properties").propertyNames()) {
      body.append("--zz\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n".formatted(part));
      body.append(values.json(schema.path("properties").path(part))).append("\r\n");
    }
    return random.nextInt(4) == 0 ? body.toString() : body + "--zz--\r\n";
  }
}
