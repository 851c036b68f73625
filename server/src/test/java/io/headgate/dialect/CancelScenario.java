package io.headgate.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Await;
import io.headgate.LiveServer;
import io.headgate.config.ConfigKey;
import io.headgate.dialect.CancelCase.ExpectedRefusal;
import io.headgate.dialect.CancelCase.FenceCounts;
import io.headgate.http.TestClient;
import io.headgate.http.TestClient.HttpReply;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/**
 * A server, an account for each test, and batches whose items end when and as the test says. The
 * books are checked after every test.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class CancelScenario {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final int SLOTS = 2;
  private static final int CREDITS = 1_000;

  final CancelCase api;
  final CommandedProcessor processor;
  private LiveServer server;
  NativeRecords records;
  TestClient client;
  String secret = "";
  private int accounts;

  protected CancelScenario(CancelCase api) {
    this.api = api;
    this.processor = new CommandedProcessor(api.processor());
  }

  @BeforeAll
  void start() {
    server = new LiveServer(Map.of(ConfigKey.SLOTS, Integer.toString(SLOTS)), processor);
    api.prepare(server);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @BeforeEach
  void createAccount() {
    client = account();
    records = new NativeRecords(client);
  }

  @AfterEach
  void the_audit_finds_no_violation() {
    assertThat(LiveServer.violations(server.database)).isEmpty();
  }

  final TestClient account() {
    String name = "account" + accounts++;
    String id =
        server
            .client
            .post("/v1/accounts", "{\"name\":\"%s\",\"credit_limit\":%d}".formatted(name, CREDITS))
            .json()
            .path("id")
            .asString();
    HttpReply reply =
        server.client.post(
            "/v1/keys", "{\"name\":\"%s\",\"account_id\":\"%s\"}".formatted(name, id));
    secret = reply.json().path("secret").asString();
    return new TestClient(server.port(), secret);
  }

  final CommandedBatch submit(int items) {
    return new CommandedBatch(api.submit(client, items), processor);
  }

  /** A batch whose first items run and fill every slot. */
  final CommandedBatch running(int items) {
    CommandedBatch job = submit(items);
    job.awaitStarted(Math.min(items, SLOTS));
    return job;
  }

  final HttpReply cancel(CommandedBatch job) {
    return api.cancel(client, job.path(api), null);
  }

  final void assertFenced(HttpReply reply, CommandedBatch job, FenceCounts fence) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.text()).isEqualTo(api.cancelBody(job.vendorId(), fence, reply));
    records.assertFenced(job.id(), fence);
  }

  static void assertRefused(HttpReply reply, ExpectedRefusal expected) {
    assertThat(reply.status() + " " + reply.text())
        .isEqualTo(expected.status() + " " + expected.body());
  }

  final void awaitState(CommandedBatch job, String state) {
    Await.until(state, TIMEOUT, () -> records.state(job.id()).equals(state));
  }
}
