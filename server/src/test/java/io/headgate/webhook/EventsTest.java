package io.headgate.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.batch.CancelMode;
import io.headgate.engine.CancelOrder;
import io.headgate.engine.CancelResult;
import io.headgate.engine.EngineFixture;
import io.headgate.engine.StartedAttempt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The events of a batch and their data. */
class EventsTest extends WebhookTestBase {

  private static final CancelOrder DRAIN =
      new CancelOrder(CancelMode.DRAIN, CancelOrder.DEFAULT_GRACE, "enough");

  @Test
  void a_batch_that_succeeds_has_a_started_and_a_completed_event() {
    endpoint("/hook");
    UUID batch = fixture.submit(3);
    runToEnd(batch, EngineFixture.SUCCESS);
    deliver();

    assertThat(types("/hook")).containsExactly("batch.started", "batch.completed");
    JsonNode data = bodies("/hook").getLast().get("data");
    assertThat(data.get("batch_id").stringValue()).isEqualTo(batch.toString());
    assertThat(data.get("state").stringValue()).isEqualTo("completed");
    assertThat(data.at("/counts/succeeded").intValue()).isEqualTo(3);
    assertThat(data.at("/credits/charged").intValue()).isEqualTo(6);
    assertThat(data.get("finished_at").stringValue()).isEqualTo("2026-11-21T10:00:00.000Z");
  }

  @Test
  void the_event_of_a_failed_item_has_its_ref_and_precedes_the_end_of_the_batch() {
    endpoint("/hook", "item.failed", "batch.completed");
    UUID batch =
        fixture.submit(
            fixture.caller, 1, fixture.with(limits -> EngineFixture.attempts(limits, 1)));
    runToEnd(batch, EngineFixture.failure());
    deliver();

    assertThat(types("/hook")).containsExactly("item.failed", "batch.completed");
    JsonNode item = bodies("/hook").getFirst().at("/data/item");
    assertThat(item.get("ordinal").intValue()).isZero();
    assertThat(item.get("ref").stringValue()).isEqualTo("ref-0");
    assertThat(item.at("/error/code").stringValue()).isEqualTo("boom");
    assertThat(bodies("/hook").getLast().at("/data/state").stringValue()).isEqualTo("failed");
  }

  @Test
  void the_event_of_a_fence_has_the_receipt_and_the_end_has_the_settlement() {
    endpoint("/hook", "batch.completed", "batch.cancelled", "batch.settled");
    UUID batch = fixture.submit(10);
    List<StartedAttempt> running = fixture.claim(4);
    CancelResult.Fenced fenced =
        (CancelResult.Fenced) fixture.engine.cancel(fixture.caller, batch, DRAIN);
    deliver();
    assertThat(types("/hook")).containsExactly("batch.cancelled");
    assertThat(bodies("/hook").getFirst().at("/data/receipt"))
        .isEqualTo(JsonMapper.shared().readTree(fenced.receipt()));

    fixture.settle(running.subList(0, 3), EngineFixture.SUCCESS);
    fixture.settle(running.subList(3, 4), EngineFixture.failure());
    deliver();
    assertThat(types("/hook")).containsExactly("batch.cancelled", "batch.settled");
    JsonNode settlement = bodies("/hook").getLast().at("/data/settlement");
    assertThat(settlement.get("running").intValue()).isEqualTo(4);
    assertThat(settlement.get("succeeded").intValue()).isEqualTo(3);
    assertThat(settlement.get("failed").intValue() + settlement.get("cancelled").intValue())
        .isEqualTo(1);
  }

  @Test
  void a_cancel_of_a_batch_that_had_not_started_has_both_events_at_once_and_once() {
    endpoint("/hook");
    UUID batch = fixture.submit(10);
    fixture.engine.cancel(fixture.caller, batch, DRAIN);
    fixture.engine.cancel(fixture.caller, batch, DRAIN);
    deliver();

    assertThat(types("/hook")).containsExactly("batch.cancelled", "batch.settled");
  }

  @Test
  void a_retry_of_failed_items_gives_a_second_end_that_is_marked_as_retried() {
    endpoint("/hook", "batch.started", "batch.completed");
    UUID batch =
        fixture.submit(
            fixture.caller, 2, fixture.with(limits -> EngineFixture.attempts(limits, 1)));
    List<StartedAttempt> claims = fixture.claim(2);
    fixture.settle(claims.subList(0, 1), EngineFixture.SUCCESS);
    fixture.settle(claims.subList(1, 2), EngineFixture.failure());
    fixture.engine.retry(fixture.caller, batch);
    runToEnd(batch, EngineFixture.SUCCESS);
    deliver();

    assertThat(types("/hook"))
        .containsExactly("batch.started", "batch.completed", "batch.completed");
    assertThat(bodies("/hook").get(1).at("/data/state").stringValue()).isEqualTo("partial");
    assertThat(bodies("/hook").get(1).at("/data/retried").booleanValue()).isFalse();
    assertThat(bodies("/hook").get(2).at("/data/state").stringValue()).isEqualTo("completed");
    assertThat(bodies("/hook").get(2).at("/data/retried").booleanValue()).isTrue();
    assertThat(ids("/hook")).doesNotHaveDuplicates();
  }

  @Test
  void progress_has_an_event_when_there_is_some_and_at_most_every_five_seconds() {
    endpoint("/hook", "batch.progress");
    fixture.submit(10);
    List<StartedAttempt> running = fixture.claim(4);
    assertThat(fixture.engine.writeProgressEvents()).isZero();
    fixture.settle(running.subList(0, 1), EngineFixture.SUCCESS);
    assertThat(fixture.engine.writeProgressEvents()).isEqualTo(1);
    fixture.settle(running.subList(1, 2), EngineFixture.SUCCESS);
    assertThat(fixture.engine.writeProgressEvents()).isZero();
    fixture.advance(Duration.ofSeconds(5));
    assertThat(fixture.engine.writeProgressEvents()).isEqualTo(1);
    fixture.advance(Duration.ofSeconds(5));
    assertThat(fixture.engine.writeProgressEvents()).isZero();
    deliver();

    assertThat(bodies("/hook").stream().map(b -> b.at("/data/counts/succeeded").intValue()))
        .containsExactly(1, 2);
  }

  @Test
  void batches_without_progress_do_not_hide_the_progress_of_others() {
    endpoint("/hook", "batch.progress");
    for (int i = 0; i < 200; i++) {
      fixture.submit(1);
    }
    UUID progressed = fixture.submit(2);
    List<StartedAttempt> running = new ArrayList<>();
    while (running.size() < 202) {
      running.addAll(fixture.claim(202));
    }
    fixture.settle(
        running.stream().filter(claim -> claim.batchId().equals(progressed)).limit(1).toList(),
        EngineFixture.SUCCESS);
    assertThat(fixture.engine.writeProgressEvents()).isEqualTo(1);
  }

  @Test
  void an_account_may_have_a_limited_number_of_endpoints_and_deleted_ones_do_not_count() {
    for (int i = 1; i < Endpoints.MAX_PER_OWNER; i++) {
      endpoint("/hook", "batch.completed");
    }
    assertThat(endpoints.isBelowLimit(owner)).isTrue();
    Endpoint last = endpoint("/hook", "batch.completed").endpoint();
    assertThat(endpoints.isBelowLimit(owner)).isFalse();
    assertThat(endpoints.isBelowLimit(new EndpointOwner(owner.account(), "vendor"))).isTrue();
    assertThat(endpoints.delete(owner, last.id())).isTrue();
    assertThat(endpoints.isBelowLimit(owner)).isTrue();
  }

  @Test
  void an_endpoint_of_a_batch_gets_events_of_this_batch_only_and_is_in_no_list() {
    EndpointOwner vendor = new EndpointOwner(fixture.caller.account(), "vendor");
    UUID other = fixture.submit(1);
    UUID batch = fixture.submit(1);
    fixture.database.useTransaction(
        tx -> endpoints.createForBatch(tx, vendor, batch, settings("/hook", "batch.completed")));
    runToEnd(other, EngineFixture.SUCCESS);
    deliver();

    assertThat(bodies("/hook").stream().map(b -> b.at("/data/batch_id").stringValue()))
        .containsExactly(batch.toString());
    assertThat(endpoints.page(vendor, Endpoints.EndpointFilter.ALL, 1, 10).total()).isZero();
  }
}
