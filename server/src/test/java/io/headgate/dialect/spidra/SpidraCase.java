package io.headgate.dialect.spidra;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Await;
import io.headgate.LiveServer;
import io.headgate.api.Description;
import io.headgate.dialect.CommandedProcessor;
import io.headgate.http.TestClient;
import io.headgate.http.TestClient.HttpReply;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInstance;

/**
 * A server with the dialect {@code spidra}, whose items end when and as the test says. Every
 * response is checked against docs/dialects/spidra.openapi.yaml, and the books after every test.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SpidraCase {

  static final Duration TIMEOUT = Duration.ofSeconds(20);
  static final Description DESCRIPTION = Description.ofDialect("spidra", "/api/");

  final CommandedProcessor processor = new CommandedProcessor("scrape");
  final LiveServer server = new LiveServer(processor);
  final TestClient client = new TestClient(server.port(), server.key(), DESCRIPTION::check);

  @AfterAll
  void stop() {
    server.close();
  }

  @AfterEach
  void the_audit_finds_no_violation() {
    assertThat(LiveServer.violations(server.database)).isEmpty();
  }

  TestClient account(String name, String fields) {
    String id =
        server
            .client
            .post("/v1/accounts", "{\"name\":\"%s\"%s}".formatted(name, fields))
            .json()
            .path("id")
            .asString();
    HttpReply key =
        server.client.post(
            "/v1/keys", "{\"name\":\"%s\",\"account_id\":\"%s\"}".formatted(name, id));
    return new TestClient(server.port(), key.json().path("secret").asString(), DESCRIPTION::check);
  }

  HttpReply post(TestClient user, int urls, String fields) {
    String list =
        IntStream.range(0, urls)
            .mapToObj(i -> "\"http://a.invalid/" + i + "\"")
            .collect(Collectors.joining(","));
    return user.post("/api/batch/scrape", "{\"urls\":[" + list + "]" + fields + "}");
  }

  UUID submit(TestClient user, int urls, String fields) {
    HttpReply reply = post(user, urls, fields);
    assertThat(reply.status()).as(reply.text()).isEqualTo(202);
    return UUID.fromString(reply.json().path("batchId").asString());
  }

  void awaitStatus(TestClient user, UUID batch, String status) {
    Await.until(
        status, TIMEOUT, () -> show(user, batch).json().path("status").asString().equals(status));
  }

  HttpReply show(TestClient user, UUID batch) {
    return user.get("/api/batch/scrape/" + batch);
  }
}
