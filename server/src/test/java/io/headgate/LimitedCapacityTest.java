package io.headgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.http.TestClient.HttpReply;
import io.headgate.processor.Attempt;
import io.headgate.processor.Input;
import io.headgate.processor.Outcome;
import io.headgate.processor.Processor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Items that wait for the limited capacity of their processor do not delay other items. */
class LimitedCapacityTest {

  private static final int CAPACITY = 4;

  /** A processor whose items wait until the test releases them. */
  private static final class LimitedProcessor implements Processor {

    private final Semaphore permits = new Semaphore(0);
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger maxRunning = new AtomicInteger();

    @Override
    public String name() {
      return "scarce";
    }

    @Override
    public int maxConcurrentItems() {
      return CAPACITY;
    }

    @Override
    public Outcome run(Input input, Attempt attempt) throws InterruptedException {
      maxRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
      try {
        permits.acquire();
        return new Outcome.Succeeded(input.input());
      } finally {
        running.decrementAndGet();
      }
    }
  }

  private static final class QuickProcessor implements Processor {

    @Override
    public String name() {
      return "quick";
    }

    @Override
    public Outcome run(Input input, Attempt attempt) {
      return new Outcome.Succeeded(input.input());
    }
  }

  private final LimitedProcessor scarce = new LimitedProcessor();
  private final LiveServer server = new LiveServer(scarce, new QuickProcessor());

  @AfterEach
  void stop() {
    scarce.permits.release(1_000_000);
    server.close();
  }

  private JsonNode counts(String batch) {
    return server.client.get("/v1/batches/" + batch).json().path("counts");
  }

  private String flood() {
    String flood = server.submit("scarce", 1_000, "");
    Await.until(
        "all capacity is in use",
        Duration.ofSeconds(10),
        () -> counts(flood).path("running").asInt() == CAPACITY);
    return flood;
  }

  @Test
  void other_items_run_while_a_flood_waits_and_the_flood_continues_when_capacity_is_free() {
    String flood = flood();

    assertThat(LiveServer.awaitEnd(server.client, server.submit("quick", 300, "")))
        .isEqualTo("completed");
    assertThat(counts(flood).path("running").asInt()).isEqualTo(CAPACITY);

    scarce.permits.release(1_000_000);
    assertThat(LiveServer.awaitEnd(server.client, flood)).isEqualTo("completed");
    assertThat(scarce.maxRunning.get()).isEqualTo(CAPACITY);
    assertThat(LiveServer.violations(server.database)).isEmpty();
  }

  @Test
  void a_cancel_stays_fast_and_stops_all_pending_items() {
    flood();
    List<Long> millis = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String batch = server.submit("scarce", 10, "");
      long before = System.nanoTime();
      HttpReply receipt = server.client.post("/v1/batches/" + batch + "/cancel", "{}");
      millis.add((System.nanoTime() - before) / 1_000_000);
      assertThat(receipt.json().at("/counts/stopped").asInt()).isEqualTo(10);
    }
    Collections.sort(millis);
    assertThat(millis.get(10)).as("median in milliseconds").isLessThan(100);
  }
}
