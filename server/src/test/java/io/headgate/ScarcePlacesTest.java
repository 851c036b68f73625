package io.headgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.http.TestClient.Reply;
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
class ScarcePlacesTest {

  private static final int PLACES = 4;

  /** A processor whose items wait until the test releases them. */
  private static final class Scarce implements Processor {

    private final Semaphore leave = new Semaphore(0);
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    @Override
    public String name() {
      return "scarce";
    }

    @Override
    public int places() {
      return PLACES;
    }

    @Override
    public Outcome run(Input input, Attempt attempt) throws InterruptedException {
      most.accumulateAndGet(inside.incrementAndGet(), Math::max);
      try {
        leave.acquire();
        return new Outcome.Succeeded(input.input());
      } finally {
        inside.decrementAndGet();
      }
    }
  }

  private static final class Quick implements Processor {

    @Override
    public String name() {
      return "quick";
    }

    @Override
    public Outcome run(Input input, Attempt attempt) {
      return new Outcome.Succeeded(input.input());
    }
  }

  private final Scarce scarce = new Scarce();
  private final LiveServer server = new LiveServer(scarce, new Quick());

  @AfterEach
  void stop() {
    scarce.leave.release(1_000_000);
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
        () -> counts(flood).path("running").asInt() == PLACES);
    return flood;
  }

  @Test
  void others_run_while_a_flood_waits_and_the_flood_goes_on_as_places_come_free() {
    String flood = flood();

    assertThat(LiveServer.end(server.client, server.submit("quick", 300, "")))
        .isEqualTo("completed");
    assertThat(counts(flood).path("running").asInt()).isEqualTo(PLACES);

    scarce.leave.release(1_000_000);
    assertThat(LiveServer.end(server.client, flood)).isEqualTo("completed");
    assertThat(scarce.most.get()).isEqualTo(PLACES);
    assertThat(LiveServer.violations(server.database)).isEmpty();
  }

  @Test
  void a_cancel_is_as_quick_as_ever_and_stops_all_that_waits() {
    flood();
    List<Long> millis = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String batch = server.submit("scarce", 10, "");
      long before = System.nanoTime();
      Reply receipt = server.client.post("/v1/batches/" + batch + "/cancel", "{}");
      millis.add((System.nanoTime() - before) / 1_000_000);
      assertThat(receipt.json().at("/counts/stopped").asInt()).isEqualTo(10);
    }
    Collections.sort(millis);
    assertThat(millis.get(10)).as("median in milliseconds").isLessThan(100);
  }
}
