package io.headgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.http.TestClient.HttpReply;
import io.headgate.processor.Attempt;
import io.headgate.processor.Input;
import io.headgate.processor.Outcome;
import io.headgate.processor.Processor;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** A processor that hangs or fails stops neither the node nor a cancel. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UncooperativeProcessorTest {

  /** How an attempt misbehaves. */
  enum Misbehaviour {
    /** Does not return until it is interrupted. */
    HANGS,
    /** Does not return and ignores interrupts. */
    IGNORES,
    /** Does not return, ignores interrupts and keeps a processor core busy. */
    SPINS,
    THROWS,
    READS,
    BREAKS,
    BEHAVES
  }

  private static final class UncooperativeProcessor implements Processor {

    private final CountDownLatch released = new CountDownLatch(1);

    @Override
    public Outcome run(Input input, Attempt attempt) throws Exception {
      switch (Misbehaviour.valueOf(input.options().path("manner").asString())) {
        case HANGS -> released.await();
        case IGNORES -> awaitUninterruptibly();
        case SPINS -> spin();
        case THROWS -> throw new IllegalStateException("it went wrong");
        case READS -> throw new java.nio.file.NoSuchFileException("/srv/headgate/scratch/x");
        case BREAKS -> throw new StackOverflowError();
        case BEHAVES -> {}
      }
      return new Outcome.Succeeded(input.input());
    }

    private void awaitUninterruptibly() {
      boolean done = false;
      while (!done) {
        try {
          released.await();
          done = true;
        } catch (InterruptedException e) {
          // ignored on purpose
        }
      }
    }

    private void spin() {
      while (released.getCount() > 0) {
        Thread.onSpinWait();
      }
    }

    @Override
    public String name() {
      return "stubborn";
    }
  }

  private final UncooperativeProcessor processor = new UncooperativeProcessor();
  private final LiveServer server = new LiveServer(processor);

  @AfterEach
  void the_audit_is_clean() {
    assertThat(LiveServer.violations(server.database)).isEmpty();
  }

  @AfterAll
  void stop() {
    processor.released.countDown();
    server.close();
  }

  private String submit(Misbehaviour misbehaviour, int items) {
    return server.submit(
        "stubborn",
        items,
        ",\"options\":{\"manner\":\"%s\"},\"limits\":{\"max_attempts\":1}".formatted(misbehaviour));
  }

  private JsonNode batch(String id) {
    return server.client.get("/v1/batches/" + id).json();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"HANGS", "IGNORES", "SPINS"})
  void other_items_run_and_a_cancel_finishes_while_an_item(Misbehaviour misbehaviour) {
    String stuck = submit(misbehaviour, 2);
    Await.until(
        "both run",
        java.time.Duration.ofSeconds(10),
        () -> batch(stuck).at("/counts/running").asInt() == 2);
    assertThat(LiveServer.awaitEnd(server.client, submit(Misbehaviour.BEHAVES, 50)))
        .isEqualTo("completed");
    long before = System.nanoTime();
    HttpReply receipt =
        server.client.post(
            "/v1/batches/" + stuck + "/cancel", "{\"mode\":\"interrupt\",\"grace_seconds\":1}");
    assertThat(receipt.status()).isEqualTo(200);
    assertThat((System.nanoTime() - before) / 1_000_000).as("milliseconds").isLessThan(1_000);
    assertThat(LiveServer.awaitEnd(server.client, stuck)).isEqualTo("cancelled");
    assertThat(batch(stuck).at("/counts/cancelled").asInt()).isEqualTo(2);
  }

  @Test
  void an_item_whose_processor_throws_fails_and_other_items_run() {
    String thrown = submit(Misbehaviour.THROWS, 20);
    String broken = submit(Misbehaviour.BREAKS, 2);
    assertThat(LiveServer.awaitEnd(server.client, submit(Misbehaviour.BEHAVES, 50)))
        .isEqualTo("completed");
    assertThat(LiveServer.awaitEnd(server.client, thrown)).isEqualTo("failed");
    assertThat(LiveServer.awaitEnd(server.client, broken)).isEqualTo("failed");
  }

  @Test
  void the_message_of_an_exception_is_logged_and_not_returned() {
    String thrown = submit(Misbehaviour.THROWS, 1);
    String read = submit(Misbehaviour.READS, 1);
    LiveServer.awaitEnd(server.client, thrown);
    LiveServer.awaitEnd(server.client, read);
    assertThat(error(thrown))
        .isEqualTo("the processor failed with an internal error (IllegalStateException)");
    assertThat(error(read)).isEqualTo("the server could not read or write what the item needs");
  }

  private String error(String batch) {
    JsonNode item = server.client.get("/v1/batches/" + batch + "/items/0").json();
    return item.at("/error/message").asString();
  }
}
