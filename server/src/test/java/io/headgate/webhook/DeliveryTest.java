package io.headgate.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import io.headgate.Await;
import io.headgate.batch.Caller;
import io.headgate.engine.EngineFixture;
import io.headgate.outbound.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Delivery of events to endpoints: in order, at least once, independently of other endpoints. */
class DeliveryTest extends WebhookCase {

  private static final Duration LONG = Duration.ofSeconds(20);

  private void say(int events) {
    IntStream.range(0, events).forEach(i -> run(house.submit(1), EngineFixture.SUCCESS));
  }

  @Test
  void the_signature_is_one_that_the_librarys_own_verifier_takes() throws Exception {
    Endpoint.Made made = endpoint("/hook", "batch.completed");
    say(1);
    // The verifier accepts only timestamps within five minutes of the clock of this machine.
    house.pass(Duration.between(house.now(), Instant.now()));
    deliver();

    Receiver.Received got = receiver.at("/hook").getFirst();
    new Webhook(made.secret()).verify(got.text(), got.headers());
    assertThat(got.headers().getFirst("Content-Type")).isEqualTo("application/json");
  }

  @Test
  void one_endpoint_gets_everything_in_order_over_several_runs() {
    endpoint("/hook", "batch.started", "batch.completed");
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      String batch = house.submit(1).toString();
      run(java.util.UUID.fromString(batch), EngineFixture.SUCCESS);
      expected.add(batch + " batch.started");
      expected.add(batch + " batch.completed");
    }
    deliver();

    assertThat(
            bodies("/hook").stream()
                .map(body ->
                    body.at("/data/batch_id").stringValue() + " " + body.get("type").stringValue()))
        .containsExactlyElementsOf(expected);
    assertThat(ids("/hook")).doesNotHaveDuplicates();
  }

  @Test
  void what_failed_is_tried_again_under_the_same_id_and_holds_up_what_comes_after_it() {
    Endpoint endpoint = endpoint("/hook", "batch.completed").endpoint();
    receiver.answers(500, Map.of(), "out of order");
    say(2);
    deliver();
    assertThat(ids("/hook")).hasSize(1);
    assertThat(last(endpoint).error()).isEqualTo("the receiver answered 500");
    assertThat(last(endpoint).response()).isEqualTo("out of order");

    receiver.behaves(Receiver.ACCEPTS);
    deliver();
    assertThat(ids("/hook")).hasSize(1);
    house.pass(Duration.ofSeconds(5));
    deliver();

    assertThat(ids("/hook")).hasSize(3);
    assertThat(ids("/hook").get(1))
        .isEqualTo(ids("/hook").get(0))
        .isNotEqualTo(ids("/hook").get(2));
    assertThat(log(endpoint)).allMatch(d -> d.state() == Delivery.State.DELIVERED);
    assertThat(log(endpoint).getLast().attempts())
        .extracting(Attempt::status)
        .containsExactly(500, 204);
    assertThat(now(endpoint).statistics().delivered()).isEqualTo(2);
    assertThat(now(endpoint).statistics().failed()).isEqualTo(1);
  }

  @Test
  void the_status_decides_however_long_or_broken_the_body_behind_it_is() {
    Endpoint endpoint = endpoint("/hook", "batch.completed").endpoint();
    receiver.answers(200, Map.of(), "fine ".repeat(300_000));
    say(1);
    deliver();
    receiver.answers(200, Map.of("Content-Encoding", "gzip"), "this is no gzip");
    say(1);
    deliver();
    receiver.answers(500, Map.of(), "alas ".repeat(300_000));
    say(1);
    deliver();

    assertThat(log(endpoint).reversed())
        .extracting(Delivery::state)
        .containsExactly(
            Delivery.State.DELIVERED, Delivery.State.DELIVERED, Delivery.State.PENDING);
    assertThat(last(endpoint).error()).isEqualTo("the receiver answered 500");
    assertThat(last(endpoint).response()).startsWith("alas alas");
  }

  @Test
  void a_receiver_that_asks_for_more_time_gets_it() {
    Endpoint endpoint = endpoint("/hook", "batch.completed").endpoint();
    receiver.answers(503, Map.of("Retry-After", "120"), "");
    say(1);
    deliver();

    assertThat(log(endpoint).getFirst().nextAttemptAt()).isEqualTo(house.now().plusSeconds(120));
  }

  @Test
  void an_endpoint_that_refuses_every_time_is_disabled_and_goes_on_with_the_next_when_resumed() {
    Endpoint endpoint = endpoint("/hook", "batch.completed").endpoint();
    receiver.answers(500, Map.of(), "");
    say(2);
    int attempts = 0;
    while (now(endpoint).status().state() == Endpoint.State.ACTIVE && attempts < 100) {
      deliver();
      attempts++;
      house.pass(Duration.ofHours(24));
    }
    assertThat(attempts).isEqualTo(Schedule.STANDARD.waits().size() + 1);
    assertThat(now(endpoint).status().reason())
        .isEqualTo("10 attempts failed, the last one because the receiver answered 500");
    assertThat(log(endpoint).getLast().state()).isEqualTo(Delivery.State.FAILED);

    say(1);
    receiver.behaves(Receiver.ACCEPTS);
    deliver();
    assertThat(ids("/hook")).hasSize(10);
    resume(endpoint);
    deliver();
    assertThat(ids("/hook")).hasSize(11);
    assertThat(log(endpoint)).hasSize(2);
  }

  private void resume(Endpoint endpoint) {
    endpoints.change(
        owner, endpoint.id(), Endpoint.Change.of(Endpoint.State.ACTIVE), (tx, done) -> {});
  }

  @Test
  void an_endpoint_that_says_it_is_gone_is_disabled_at_once() {
    Endpoint endpoint = endpoint("/hook", "batch.completed").endpoint();
    receiver.answers(410, Map.of(), "");
    say(1);
    deliver();

    assertThat(now(endpoint).status().state()).isEqualTo(Endpoint.State.FAILED);
    assertThat(now(endpoint).status().reason()).isEqualTo("the receiver answered 410 Gone");
  }

  @Test
  void a_redirect_is_a_failure_and_nobody_follows_it() {
    Endpoint endpoint = endpoint("/hook", "batch.completed").endpoint();
    receiver.answers(307, Map.of("Location", "/elsewhere"), "");
    say(1);
    deliver();

    assertThat(receiver.at("/elsewhere")).isEmpty();
    assertThat(last(endpoint).error())
        .isEqualTo("the receiver answered 307, and redirects are not followed");
  }

  @Test
  void a_paused_endpoint_gets_nothing_until_it_is_resumed_and_then_everything() {
    Endpoint endpoint = endpoint("/hook", "batch.completed").endpoint();
    endpoints.change(
        owner, endpoint.id(), Endpoint.Change.of(Endpoint.State.PAUSED), (tx, done) -> {});
    say(2);
    deliver();
    assertThat(ids("/hook")).isEmpty();
    resume(endpoint);
    deliver();
    assertThat(ids("/hook")).hasSize(2);
  }

  @Test
  void a_redelivery_has_the_same_id_and_body() {
    Endpoint endpoint = endpoint("/hook", "batch.completed").endpoint();
    say(1);
    deliver();
    Deliveries.Redelivery first =
        deliveries.redeliver(owner, endpoint.id(), log(endpoint).getFirst().id(), (tx, done) -> {});
    Deliveries.Redelivery second =
        deliveries.redeliver(owner, endpoint.id(), log(endpoint).getFirst().id(), (tx, done) -> {});
    deliver();

    assertThat(first).isInstanceOf(Deliveries.Redelivery.Waits.class);
    assertThat(second).isInstanceOf(Deliveries.Redelivery.WaitsAlready.class);
    assertThat(ids("/hook")).hasSize(2);
    assertThat(receiver.at("/hook").getFirst().id()).isEqualTo(receiver.at("/hook").getLast().id());
    assertThat(bodies("/hook").getFirst()).isEqualTo(bodies("/hook").getLast());
    assertThat(log(endpoint).getFirst().attempts()).hasSize(2);
  }

  @Test
  void a_dead_endpoint_delays_only_itself() throws InterruptedException {
    Caller other = house.account("other", null);
    CountDownLatch hold = new CountDownLatch(1);
    receiver.behaves(exchange -> {
      if (exchange.getRequestURI().getPath().equals("/dead")) {
        awaitQuietly(hold);
      }
      Site.answer(exchange, 204, Map.of(), "");
    });
    endpoint("/dead", "batch.completed");
    endpoint("/alive", "batch.completed");
    endpoint(other, "/other", "batch.completed");
    say(3);
    run(house.submit(other, 1, EngineFixture.ORDER), EngineFixture.SUCCESS);
    deliverer.runOnce();
    Await.until(
        "the other endpoints have their events",
        LONG,
        () -> ids("/alive").size() == 3 && ids("/other").size() == 1);

    assertThat(ids("/dead")).hasSize(1);
    hold.countDown();
    deliverer.awaitIdle();
    assertThat(ids("/dead")).hasSize(3);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void two_nodes_never_deliver_to_one_endpoint_at_once_and_a_dead_ones_lease_runs_out() {
    Endpoint endpoint = endpoint("/hook", "batch.completed").endpoint();
    say(1);
    // The state after a node died that had taken the lease.
    house.database.useTransaction(tx ->
        Line.lease(
            tx,
            java.util.UUID.randomUUID(),
            List.of(endpoint.id()),
            List.of(house.now().plusSeconds(30)),
            house.now()));
    try (Deliverer another = deliverer()) {
      deliver(another);
      assertThat(ids("/hook")).isEmpty();
      house.pass(Duration.ofSeconds(30));
      deliver(another);
      assertThat(ids("/hook")).hasSize(1);
    }
  }

  @Test
  void what_a_node_settles_after_its_lease_was_taken_is_not_written() {
    Endpoint endpoint = endpoint("/hook", "batch.completed").endpoint();
    say(1);
    List<Line.Lease> leases = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      house.database.useTransaction(tx ->
          leases.addAll(
              Line.lease(
                  tx,
                  java.util.UUID.randomUUID(),
                  List.of(endpoint.id()),
                  List.of(house.now().plusSeconds(30)),
                  house.now())));
      house.pass(Duration.ofSeconds(30));
    }
    Attempt attempt = new Attempt(house.now(), 200, Duration.ZERO, null, null);
    Line.Report report =
        new Line.Report(
            List.of(
                new Line.Tried(log(endpoint).getFirst().id(), new Verdict.Arrived(), attempt, 1)),
            List.of());
    boolean kept =
        house.database.inTransaction(
            tx -> Line.settle(tx, leases.getFirst(), report, house.now(), house.now()));

    assertThat(kept).isFalse();
    assertThat(log(endpoint).getFirst().state()).isEqualTo(Delivery.State.PENDING);
    assertThat(now(endpoint).statistics().delivered()).isZero();
  }

  @Test
  void an_event_that_cannot_be_put_into_words_is_a_failed_attempt_that_the_log_shows() {
    Endpoint endpoint =
        endpoints
            .create(
                owner,
                new Endpoint.Order(
                    receiver.url("/hook"),
                    List.of("batch.completed"),
                    "speechless",
                    Signature.NONE,
                    null),
                (tx, made) -> {})
            .endpoint();
    deliverer.add(new Speechless());
    say(1);
    deliver();

    assertThat(last(endpoint).error()).isEqualTo("the message could not be built");
    assertThat(receiver.at("/hook")).isEmpty();
    assertThat(log(endpoint).getFirst().nextAttemptAt()).isEqualTo(house.now().plusSeconds(5));
  }

  /** A format that throws. */
  private static final class Speechless implements Format {

    @Override
    public String name() {
      return "speechless";
    }

    @Override
    public java.util.Optional<Message> word(Endpoint endpoint, Event event) {
      throw new IllegalStateException("This format builds no messages.");
    }

    @Override
    public Schedule schedule() {
      return Schedule.STANDARD;
    }

    @Override
    public Duration timeout() {
      return LONG;
    }
  }

  @Test
  void an_endpoint_that_has_just_got_everything_gets_what_comes_next_at_once() {
    endpoint("/hook", "batch.completed");
    int together = 200;
    publish(together);
    deliver();
    publish(1);
    deliver();

    assertThat(ids("/hook")).hasSize(together + 1);
  }

  private void publish(int events) {
    JsonNode data = JsonMapper.shared().createObjectNode();
    IntStream.range(0, events).forEach(i -> deliveries.publish(owner, "batch.completed", data));
  }
}
