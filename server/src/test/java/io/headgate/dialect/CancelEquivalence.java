package io.headgate.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.dialect.CancelCase.ExpectedRefusal;
import io.headgate.dialect.CancelCase.FenceCounts;
import io.headgate.http.TestClient;
import io.headgate.http.TestClient.HttpReply;
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
  void a_pending_batch_is_stopped_and_refunded_completely() {
    CommandedBatch first = running(2);
    CommandedBatch job = submit(3);
    assertFenced(cancel(job), job, new FenceCounts(3, 3, 0, 0, 0));
    records.assertCharged(job.id(), 3, 0);
    first.succeed(0, 1);
    awaitState(first, "completed");
    assertThat(job.started()).isEmpty();
    assertThat(api.readState(client, job.vendorId())).isEqualTo(api.stateName("cancelled"));
  }

  @Test
  void items_running_at_the_fence_finish_and_are_charged() {
    CommandedBatch job = running(5);
    assertFenced(cancel(job), job, new FenceCounts(5, 3, 2, 0, 0));
    assertThat(api.readState(client, job.vendorId())).isEqualTo(api.stateName("cancelling"));
    job.succeed(0);
    job.fail(1);
    awaitState(job, "cancelled");
    assertThat(job.started()).containsExactlyInAnyOrder(0, 1);
    records.assertCharged(job.id(), 5, 1);
    assertThat(api.readState(client, job.vendorId())).isEqualTo(api.stateName("cancelled"));
  }

  @Test
  void items_that_ended_before_keep_their_result() {
    CommandedBatch job = running(6);
    job.succeed(0);
    job.awaitStarted(3);
    job.fail(1);
    job.awaitStarted(4);
    assertFenced(cancel(job), job, new FenceCounts(6, 2, 2, 1, 1));
    job.succeed(2, 3);
    awaitState(job, "cancelled");
    records.assertCharged(job.id(), 6, 3);
  }

  @Test
  void a_batch_without_pending_items_is_cancelled_too() {
    CommandedBatch job = running(2);
    assertFenced(cancel(job), job, new FenceCounts(2, 0, 2, 0, 0));
    job.succeed(0, 1);
    awaitState(job, "cancelled");
    records.assertCharged(job.id(), 2, 2);
  }

  @Test
  void a_repeat_changes_nothing_while_the_batch_drains_and_after() {
    CommandedBatch job = running(4);
    HttpReply first = cancel(job);
    String receipt = records.receipt(job.id());
    assertRefused(cancel(job), api.repeatedCancel(job.vendorId(), first));
    assertThat(records.receipt(job.id())).isEqualTo(receipt);
    job.succeed(0, 1);
    awaitState(job, "cancelled");
    assertRefused(cancel(job), api.repeatedCancel(job.vendorId(), first));
    assertThat(records.receipt(job.id())).isEqualTo(receipt);
    records.assertCharged(job.id(), 4, 2);
  }

  @Test
  void a_completed_failed_or_partial_batch_cannot_be_cancelled() {
    for (String end : List.of("completed", "failed", "partial")) {
      CommandedBatch job = running(2);
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
      assertThat(api.readState(client, job.vendorId())).isEqualTo(api.stateName(end));
      assertRefused(cancel(job), api.finishedBatch(end));
      assertThat(records.receipt(job.id())).isEmpty();
    }
  }

  @Test
  void a_cancel_that_races_with_the_end_wins_or_is_refused() {
    for (int round = 0; round < 10; round++) {
      CommandedBatch job = running(2);
      CompletableFuture<Void> ending = CompletableFuture.runAsync(() -> job.succeed(0, 1));
      HttpReply reply = cancel(job);
      ending.join();
      if (reply.status() == 200) {
        awaitState(job, "cancelled");
        assertFencedAsReported(reply, job);
      } else {
        assertRefused(reply, api.finishedBatch("completed"));
        assertThat(records.state(job.id())).isEqualTo("completed");
      }
      records.assertCharged(job.id(), 2, 2);
    }
  }

  /** How many of the two items had ended by then is not known; the receipt reports it. */
  private void assertFencedAsReported(HttpReply reply, CommandedBatch job) {
    FenceCounts fence = records.fence(job.id());
    assertThat(fence.stopped()).isZero();
    assertFenced(reply, job, fence);
  }

  @Test
  void unknown_malformed_and_foreign_ids_get_the_same_bytes() {
    CommandedBatch job = submit(1);
    TestClient otherClient = account();
    ExpectedRefusal notFound = api.notFound();
    for (String id :
        List.of(
            api.unknownId(),
            "nonsense",
            "0199",
            job.vendorId() + "0",
            job.vendorId().substring(1),
            "%20")) {
      assertRefused(api.cancel(client, api.path(id), null), notFound);
    }
    assertRefused(api.cancel(otherClient, job.path(api), null), notFound);
    assertThat(records.receipt(job.id())).isEmpty();
    job.succeed(0);
    awaitState(job, "completed");
  }

  @Test
  void a_missing_key_a_wrong_one_and_a_wrong_method_cancel_nothing() {
    CommandedBatch job = submit(1);
    assertRefused(api.cancel(client.withKey(null), job.path(api), null), api.missingKey());
    assertRefused(api.cancel(client.withKey("spd_wrong"), job.path(api), null), api.wrongKey());
    assertThat(client.method("PATCH", job.path(api)).status()).isEqualTo(405);
    assertThat(records.receipt(job.id())).isEmpty();
    job.succeed(0);
    awaitState(job, "completed");
  }

  @Test
  void unexpected_bodies_and_trailing_slashes_are_accepted() {
    List<@Nullable String> bodies = Arrays.asList("", "{}", null);
    for (String body : bodies) {
      CommandedBatch job = submit(1);
      assertThat(api.cancel(client, job.path(api), body).status()).isEqualTo(200);
      job.succeed(0);
      awaitState(job, "cancelled");
    }
    CommandedBatch slashed = submit(1);
    assertThat(api.cancel(client, slashed.path(api) + "/", null).status()).isEqualTo(200);
    CommandedBatch chunked = submit(1);
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
  void header_names_in_any_case_and_unknown_fields_are_accepted() {
    CommandedBatch upperCase = submit(1);
    CommandedBatch unknownField = submit(1);
    TestClient anonymous = client.withKey(null);
    HttpRequest.Builder request =
        anonymous.request(
            upperCase.path(api), "AUTHORIZATION", "Bearer " + secret, "cOnTent-TYPE", "*/*");
    assertThat(
            anonymous
                .send(request.method(api.method(), HttpRequest.BodyPublishers.noBody()))
                .status())
        .isEqualTo(200);
    if (api.ignoresUnknownFields()) {
      HttpReply reply = api.cancel(client, unknownField.path(api), "{\"surprise\":{\"deep\":[1]}}");
      assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    } else {
      cancel(unknownField);
    }
    upperCase.succeed(0);
    unknownField.succeed(0);
    awaitState(upperCase, "cancelled");
    awaitState(unknownField, "cancelled");
  }

  @Test
  void polling_never_shows_a_cancelled_batch_running_again() {
    CommandedBatch job = running(4);
    String cancelledState = api.stateName("cancelled");
    CompletableFuture<HttpReply> cancel = CompletableFuture.supplyAsync(() -> cancel(job));
    boolean sawCancelled = false;
    for (int poll = 0; poll < 100; poll++) {
      boolean isCancelled =
          List.of(cancelledState, api.stateName("cancelling"))
              .contains(api.readState(client, job.vendorId()));
      assertThat(isCancelled || !sawCancelled).as("poll " + poll).isTrue();
      sawCancelled = isCancelled;
      if (poll == 50) {
        cancel.join();
        job.succeed(0, 1);
      }
    }
    assertThat(sawCancelled).isTrue();
    awaitState(job, "cancelled");
    assertThat(api.readState(client, job.vendorId())).isEqualTo(cancelledState);
  }

  @Test
  void a_submit_repeated_with_its_key_is_one_batch() {
    TestClient again = client.withHeader("Idempotency-Key", "sent-twice");
    CancelCase.SubmittedBatch first = api.submit(again, 1);
    CancelCase.SubmittedBatch second = api.submit(again, 1);
    assertThat(second).isEqualTo(first);
    CommandedBatch job = new CommandedBatch(first, processor);
    assertThat(client.get("/v1/batches").json().path("data")).hasSize(1);
    job.succeed(0);
    awaitState(job, "completed");
  }

  private static HttpRequest.BodyPublisher chunks(String body) {
    return HttpRequest.BodyPublishers.ofInputStream(
        () -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
  }
}
