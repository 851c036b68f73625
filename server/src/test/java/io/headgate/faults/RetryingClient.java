package io.headgate.faults;

import io.headgate.Await;
import io.headgate.faults.AttemptLog.AttemptEventType;
import io.headgate.http.TestClient;
import io.headgate.http.TestClient.HttpReply;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * A client that submits one batch and may cancel it midway. It repeats each request with the same
 * idempotency key, on any node, until it gets a response, and keeps the responses.
 */
final class RetryingClient implements Runnable {

  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  /** Problem codes after which a request is repeated. */
  private static final Set<String> RETRYABLE_CODES =
      Set.of("unavailable", "idempotency-in-progress");

  private final Cluster cluster;
  private final Random random;
  private final String name = "chaos-" + UUID.randomUUID();
  private final int items;
  private final String body;
  private final Optional<String> cancelMode;
  private final int cancelAfter;
  private final List<String> unexpected = new ArrayList<>();
  private String batch = "";
  private String state = "";
  private Optional<String> receipt = Optional.empty();

  RetryingClient(Cluster cluster, Random random) {
    this.cluster = cluster;
    this.random = random;
    this.items = 5 + random.nextInt(150);
    String each = "{\"input\":{}},".repeat(items);
    this.body =
        """
        {"processor":"%s","name":"%s","options":{"millis":%d,"fail_every":%d},
         "limits":{"backoff_seconds":0},"items":[%s]}\
        """
            .formatted(
                RecordingProcessor.NAME,
                name,
                random.nextInt(60),
                random.nextBoolean() ? 0 : 2 + random.nextInt(8),
                each.substring(0, each.length() - 1));
    this.cancelMode =
        random.nextInt(3) == 0
            ? Optional.empty()
            : Optional.of(random.nextBoolean() ? "drain" : "interrupt");
    this.cancelAfter = random.nextInt(items);
  }

  int items() {
    return items;
  }

  @Override
  public void run() {
    HttpReply submitted =
        requestUntilAnswered(client -> client.post("/v1/batches", body, "Idempotency-Key", name));
    expect(submitted, 202);
    batch = submitted.json().path("id").asString();
    cancelMode.ifPresent(this::cancel);
  }

  private void cancel(String mode) {
    Await.until("it is time to cancel", TIMEOUT, () -> haveRun(cancelAfter));
    HttpReply reply =
        requestUntilAnswered(client ->
            client.post(
                "/v1/batches/" + batch + "/cancel",
                "{\"mode\":\"%s\"}".formatted(mode),
                "Idempotency-Key",
                "cancel-" + name));
    if (reply.status() == 200) {
      receipt = Optional.of(reply.text());
    } else if (!reply.code().equals("batch-finished")) {
      unexpected.add("cancel of %s returned %s".formatted(batch, reply.text()));
    }
  }

  private boolean haveRun(int count) {
    return cluster.history.items(batch, AttemptEventType.FINISHED) >= count;
  }

  private void expect(HttpReply reply, int status) {
    if (reply.status() != status) {
      unexpected.add("%s returned %d %s".formatted(name, reply.status(), reply.text()));
    }
  }

  private HttpReply requestUntilAnswered(Function<TestClient, HttpReply> request) {
    AtomicReference<Optional<HttpReply>> reply = new AtomicReference<>(Optional.empty());
    Await.until(
        "a response",
        TIMEOUT,
        () -> {
          reply.set(tryOnce(request));
          return reply.get().isPresent();
        });
    return reply.get().orElseThrow();
  }

  private Optional<HttpReply> tryOnce(Function<TestClient, HttpReply> request) {
    try {
      HttpReply reply = request.apply(cluster.client(random.nextInt(cluster.nodes.size())));
      return RETRYABLE_CODES.contains(code(reply)) ? Optional.empty() : Optional.of(reply);
    } catch (UncheckedIOException e) {
      return Optional.empty();
    }
  }

  private static String code(HttpReply reply) {
    return reply.status() < 400 ? "" : reply.code();
  }

  /** Waits until the batch has finished; called when everything is repaired. */
  void awaitFinished() {
    state = cluster.awaitFinished(cluster.client(0), batch);
  }

  String summary() {
    return "%d items %s".formatted(items, state);
  }

  List<String> violations() {
    TestClient client = cluster.client(0);
    List<String> violations = new ArrayList<>(unexpected);
    violations.addAll(cluster.violations(client, batch));
    JsonNode found = client.get("/v1/batches?name=" + name).json().path("data");
    if (found.size() != 1 || found.path(0).at("/counts/total").asInt() != items) {
      violations.add(
          "one submit of %2$d items created %1$d batches".formatted(found.size(), items));
    }
    receipt.ifPresent(response -> {
      if (!client.get("/v1/batches/" + batch + "/receipt").text().equals(response)) {
        violations.add(
            "the receipt of %s differs from the response to its cancel".formatted(batch));
      }
    });
    if (receipt.isEmpty() == state.equals("cancelled")) {
      violations.add("%s is %s, but the receipt was %s".formatted(batch, state, receipt));
    }
    return violations;
  }
}
