package io.headgate.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.dialect.CancelCase.Fence;
import io.headgate.dialect.CancelCase.Refusal;
import io.headgate.http.TestClient;
import io.headgate.http.TestClient.Reply;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The cancel suite, which runs through every API: the responses are that API's to the byte, and the
 * receipt, counts, credits, journal and audit below are the same for all of them. A dialect joins
 * with a subclass that passes its {@link CancelCase}.
 */
public abstract class CancelEquivalence extends CancelScenario {

  protected CancelEquivalence(CancelCase api) {
    super(api);
  }

  @Test
  void a_pending_batch_is_stopped_whole_and_refunded_whole() {
    Job first = running(2);
    Job job = submit(3);
    assertFenced(cancel(job), job, new Fence(3, 3, 0, 0, 0));
    ledger.assertBooked(job.id(), 3, 0);
    first.succeed(0, 1);
    awaitState(first, "completed");
    assertThat(job.started()).isEmpty();
    assertThat(api.stateShown(client, job.asId())).isEqualTo(api.word("cancelled"));
  }

  @Test
  void what_runs_at_the_fence_finishes_and_is_charged() {
    Job job = running(5);
    assertFenced(cancel(job), job, new Fence(5, 3, 2, 0, 0));
    assertThat(api.stateShown(client, job.asId())).isEqualTo(api.word("cancelling"));
    job.succeed(0);
    job.fail(1);
    awaitState(job, "cancelled");
    assertThat(job.started()).containsExactlyInAnyOrder(0, 1);
    ledger.assertBooked(job.id(), 5, 1);
    assertThat(api.stateShown(client, job.asId())).isEqualTo(api.word("cancelled"));
  }

  @Test
  void what_had_ended_before_keeps_its_result() {
    Job job = running(6);
    job.succeed(0);
    job.awaitStarted(3);
    job.fail(1);
    job.awaitStarted(4);
    assertFenced(cancel(job), job, new Fence(6, 2, 2, 1, 1));
    job.succeed(2, 3);
    awaitState(job, "cancelled");
    ledger.assertBooked(job.id(), 6, 3);
  }

  @Test
  void with_nothing_left_to_stop_the_batch_is_cancelled_all_the_same() {
    Job job = running(2);
    assertFenced(cancel(job), job, new Fence(2, 0, 2, 0, 0));
    job.succeed(0, 1);
    awaitState(job, "cancelled");
    ledger.assertBooked(job.id(), 2, 2);
  }

  @Test
  void a_repeat_changes_nothing_while_the_batch_drains_and_after() {
    Job job = running(4);
    Reply first = cancel(job);
    String receipt = ledger.receipt(job.id());
    assertRefused(cancel(job), api.repeated(job.asId(), first));
    assertThat(ledger.receipt(job.id())).isEqualTo(receipt);
    job.succeed(0, 1);
    awaitState(job, "cancelled");
    assertRefused(cancel(job), api.repeated(job.asId(), first));
    assertThat(ledger.receipt(job.id())).isEqualTo(receipt);
    ledger.assertBooked(job.id(), 4, 2);
  }

  @Test
  void a_batch_that_has_completed_failed_or_half_failed_is_over() {
    for (String end : List.of("completed", "failed", "partial")) {
      Job job = running(2);
      if (end.equals("failed")) {
        job.fail(0);
      } else {
        job.succeed(0);
      }
      if (end.equals("completed")) {
        job.succeed(1);
      } else {
        job.fail(1);
      }
      awaitState(job, end);
      assertThat(api.stateShown(client, job.asId())).isEqualTo(api.word(end));
      assertRefused(cancel(job), api.finished(end));
      assertThat(ledger.receipt(job.id())).isEmpty();
    }
  }

  @Test
  void a_cancel_that_races_with_the_end_is_one_or_the_other() {
    for (int round = 0; round < 10; round++) {
      Job job = running(2);
      CompletableFuture<Void> ending = CompletableFuture.runAsync(() -> job.succeed(0, 1));
      Reply reply = cancel(job);
      ending.join();
      if (reply.status() == 200) {
        awaitState(job, "cancelled");
        assertFencedSomewhere(reply, job);
      } else {
        assertRefused(reply, api.finished("completed"));
        assertThat(ledger.state(job.id())).isEqualTo("completed");
      }
      ledger.assertBooked(job.id(), 2, 2);
    }
  }

  /** How many of the two items had ended by then is not known; the receipt reports it. */
  private void assertFencedSomewhere(Reply reply, Job job) {
    Fence fence = ledger.fence(job.id());
    assertThat(fence.stopped()).isZero();
    assertFenced(reply, job, fence);
  }

  @Test
  void unknown_malformed_and_foreign_ids_are_the_same_bytes() {
    Job job = submit(1);
    TestClient stranger = account();
    Refusal nothing = api.notFound();
    for (String id :
        List.of(
            api.unknownId(),
            "nonsense",
            "0199",
            job.asId() + "0",
            job.asId().substring(1),
            "%20")) {
      assertRefused(api.cancel(client, api.path(id), null), nothing);
    }
    assertRefused(api.cancel(stranger, job.path(api), null), nothing);
    assertThat(ledger.receipt(job.id())).isEmpty();
    job.succeed(0);
    awaitState(job, "completed");
  }

  @Test
  void a_missing_key_a_wrong_one_and_a_wrong_method_cancel_nothing() {
    Job job = submit(1);
    assertRefused(api.cancel(client.withKey(null), job.path(api), null), api.noKey());
    assertRefused(api.cancel(client.withKey("spd_wrong"), job.path(api), null), api.badKey());
    assertThat(client.method("PATCH", job.path(api)).status()).isEqualTo(405);
    assertThat(ledger.receipt(job.id())).isEmpty();
    job.succeed(0);
    awaitState(job, "completed");
  }

  @Test
  void bodies_nobody_asked_for_and_trailing_slashes_do_no_harm() {
    List<@Nullable String> bodies = Arrays.asList("", "{}", null);
    for (String body : bodies) {
      Job job = submit(1);
      assertThat(api.cancel(client, job.path(api), body).status()).isEqualTo(200);
      job.succeed(0);
      awaitState(job, "cancelled");
    }
    Job slashed = submit(1);
    assertThat(api.cancel(client, slashed.path(api) + "/", null).status()).isEqualTo(200);
    Job chunked = submit(1);
    assertThat(
            client
                .send(
                    client
                        .request(chunked.path(api), "Content-Type", "application/json")
                        .method(api.method(), chunks("{}")))
                .status())
        .isEqualTo(200);
    slashed.succeed(0);
    chunked.succeed(0);
    awaitState(chunked, "cancelled");
    awaitState(slashed, "cancelled");
  }

  @Test
  void header_names_in_any_case_and_unknown_fields_do_no_harm() {
    Job loud = submit(1);
    Job odd = submit(1);
    TestClient anonymous = client.withKey(null);
    HttpRequest.Builder request =
        anonymous.request(
            loud.path(api), "AUTHORIZATION", "Bearer " + secret, "cOnTent-TYPE", "*/*");
    assertThat(
            anonymous
                .send(request.method(api.method(), HttpRequest.BodyPublishers.noBody()))
                .status())
        .isEqualTo(200);
    if (api.passesOverUnknownFields()) {
      Reply reply = api.cancel(client, odd.path(api), "{\"surprise\":{\"deep\":[1]}}");
      assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    } else {
      cancel(odd);
    }
    loud.succeed(0);
    odd.succeed(0);
    awaitState(loud, "cancelled");
    awaitState(odd, "cancelled");
  }

  @Test
  void who_polls_fast_never_sees_a_cancelled_batch_come_back() {
    Job job = running(4);
    String gone = api.word("cancelled");
    CompletableFuture<Reply> cancel = CompletableFuture.supplyAsync(() -> cancel(job));
    boolean seen = false;
    for (int poll = 0; poll < 100; poll++) {
      boolean now =
          List.of(gone, api.word("cancelling")).contains(api.stateShown(client, job.asId()));
      assertThat(now || !seen).as("poll " + poll).isTrue();
      seen = now;
      if (poll == 50) {
        cancel.join();
        job.succeed(0, 1);
      }
    }
    assertThat(seen).isTrue();
    awaitState(job, "cancelled");
    assertThat(api.stateShown(client, job.asId())).isEqualTo(gone);
  }

  @Test
  void a_submit_sent_again_with_its_key_is_one_batch() {
    TestClient again = client.with("Idempotency-Key", "sent-twice");
    CancelCase.Submitted first = api.submit(again, 1);
    CancelCase.Submitted second = api.submit(again, 1);
    assertThat(second).isEqualTo(first);
    Job job = new Job(first, work);
    assertThat(client.get("/v1/batches").json().path("data")).hasSize(1);
    job.succeed(0);
    awaitState(job, "completed");
  }

  private static HttpRequest.BodyPublisher chunks(String body) {
    return HttpRequest.BodyPublishers.ofInputStream(
        () -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
  }
}
