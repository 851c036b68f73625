package io.headgate.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.batch.CancelMode;
import io.headgate.engine.CancelOrder;
import io.headgate.engine.CancelResult;
import io.headgate.engine.Claimed;
import io.headgate.engine.EngineFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The events of a batch and their data. */
class EventsTest extends WebhookCase {

  private static final CancelOrder DRAIN =
      new CancelOrder(CancelMode.DRAIN, CancelOrder.DEFAULT_GRACE, "enough");

  @Test
  void a_batch_that_succeeds_says_that_it_started_and_completed() {
    endpoint("/hook");
    UUID batch = house.submit(3);
    run(batch, EngineFixture.SUCCESS);
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
  void a_failed_item_is_told_of_by_its_ref_before_the_end_of_its_batch() {
    endpoint("/hook", "item.failed", "batch.completed");
    UUID batch =
        house.submit(house.caller, 1, house.with(limits -> EngineFixture.attempts(limits, 1)));
    run(batch, EngineFixture.failure());
    deliver();

    assertThat(types("/hook")).containsExactly("item.failed", "batch.completed");
    JsonNode item = bodies("/hook").getFirst().at("/data/item");
    assertThat(item.get("ordinal").intValue()).isZero();
    assertThat(item.get("ref").stringValue()).isEqualTo("ref-0");
    assertThat(item.at("/error/code").stringValue()).isEqualTo("boom");
    assertThat(bodies("/hook").getLast().at("/data/state").stringValue()).isEqualTo("failed");
  }

  @Test
  void a_fence_is_told_with_its_receipt_and_the_end_with_what_became_of_what_ran() {
    endpoint("/hook", "batch.completed", "batch.cancelled", "batch.settled");
    UUID batch = house.submit(10);
    List<Claimed> running = house.claim(4);
    CancelResult.Fenced fenced =
        (CancelResult.Fenced) house.engine.cancel(house.caller, batch, DRAIN);
    deliver();
    assertThat(types("/hook")).containsExactly("batch.cancelled");
    assertThat(bodies("/hook").getFirst().at("/data/receipt"))
        .isEqualTo(JsonMapper.shared().readTree(fenced.receipt()));

    house.settle(running.subList(0, 3), EngineFixture.SUCCESS);
    house.settle(running.subList(3, 4), EngineFixture.failure());
    deliver();
    assertThat(types("/hook")).containsExactly("batch.cancelled", "batch.settled");
    JsonNode settlement = bodies("/hook").getLast().at("/data/settlement");
    assertThat(settlement.get("running").intValue()).isEqualTo(4);
    assertThat(settlement.get("succeeded").intValue()).isEqualTo(3);
    assertThat(settlement.get("failed").intValue() + settlement.get("cancelled").intValue())
        .isEqualTo(1);
  }

  @Test
  void a_cancel_of_a_batch_that_had_not_started_is_told_and_settled_at_once_and_once() {
    endpoint("/hook");
    UUID batch = house.submit(10);
    house.engine.cancel(house.caller, batch, DRAIN);
    house.engine.cancel(house.caller, batch, DRAIN);
    deliver();

    assertThat(types("/hook")).containsExactly("batch.cancelled", "batch.settled");
  }

  @Test
  void a_retry_of_failed_items_lets_a_batch_end_once_more_and_says_so() {
    endpoint("/hook", "batch.started", "batch.completed");
    UUID batch =
        house.submit(house.caller, 2, house.with(limits -> EngineFixture.attempts(limits, 1)));
    List<Claimed> claims = house.claim(2);
    house.settle(claims.subList(0, 1), EngineFixture.SUCCESS);
    house.settle(claims.subList(1, 2), EngineFixture.failure());
    house.engine.retry(house.caller, batch);
    run(batch, EngineFixture.SUCCESS);
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
  void progress_is_told_when_there_is_some_and_not_more_often_than_every_five_seconds() {
    endpoint("/hook", "batch.progress");
    house.submit(10);
    List<Claimed> running = house.claim(4);
    assertThat(house.engine.tellProgress()).isZero();
    house.settle(running.subList(0, 1), EngineFixture.SUCCESS);
    assertThat(house.engine.tellProgress()).isEqualTo(1);
    house.settle(running.subList(1, 2), EngineFixture.SUCCESS);
    assertThat(house.engine.tellProgress()).isZero();
    house.pass(Duration.ofSeconds(5));
    assertThat(house.engine.tellProgress()).isEqualTo(1);
    house.pass(Duration.ofSeconds(5));
    assertThat(house.engine.tellProgress()).isZero();
    deliver();

    assertThat(bodies("/hook").stream().map(b -> b.at("/data/counts/succeeded").intValue()))
        .containsExactly(1, 2);
  }

  @Test
  void batches_that_have_not_come_anywhere_yet_keep_no_other_from_being_told_of() {
    endpoint("/hook", "batch.progress");
    for (int i = 0; i < 200; i++) {
      house.submit(1);
    }
    UUID further = house.submit(2);
    List<Claimed> running = new ArrayList<>();
    while (running.size() < 202) {
      running.addAll(house.claim(202));
    }
    house.settle(
        running.stream().filter(claim -> claim.batchId().equals(further)).limit(1).toList(),
        EngineFixture.SUCCESS);
    assertThat(house.engine.tellProgress()).isEqualTo(1);
  }

  @Test
  void an_account_has_room_for_so_many_endpoints_and_deleted_ones_make_room_again() {
    for (int i = 1; i < Endpoints.MOST; i++) {
      endpoint("/hook", "batch.completed");
    }
    assertThat(endpoints.hasRoom(owner)).isTrue();
    Endpoint last = endpoint("/hook", "batch.completed").endpoint();
    assertThat(endpoints.hasRoom(owner)).isFalse();
    assertThat(endpoints.hasRoom(new Owner(owner.account(), "vendor"))).isTrue();
    assertThat(endpoints.delete(owner, last.id())).isTrue();
    assertThat(endpoints.hasRoom(owner)).isTrue();
  }

  @Test
  void an_endpoint_of_a_batch_hears_of_this_batch_alone_and_is_in_no_list() {
    Owner vendor = new Owner(house.caller.account(), "vendor");
    UUID other = house.submit(1);
    UUID batch = house.submit(1);
    house.database.useTransaction(
        tx -> endpoints.attach(tx, vendor, batch, order("/hook", "batch.completed")));
    run(other, EngineFixture.SUCCESS);
    deliver();

    assertThat(bodies("/hook").stream().map(b -> b.at("/data/batch_id").stringValue()))
        .containsExactly(batch.toString());
    assertThat(endpoints.page(vendor, Endpoints.Filter.ALL, 1, 10).total()).isZero();
  }
}
