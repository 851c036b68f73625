package io.headgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class CancelCommandTest extends CommandLineTestCase {

  CancelCommandTest() throws IOException {}

  @Test
  void it_prints_the_receipt_as_a_table() {
    server.respond("POST " + BATCH + "/cancel", 200, receipt());

    CommandResult result =
        run("cancel", ID, "--mode", "interrupt", "--grace", "5", "--reason", "wrong list");

    assertThat(result.code()).isZero();
    assertThat(server.received.getFirst().body())
        .isEqualTo("{\"mode\":\"interrupt\",\"grace_seconds\":5,\"reason\":\"wrong list\"}");
    assertThat(result.out())
        .contains("no item starts after epoch 8,123")
        .containsPattern("stopped before they started +400 +refunded +400")
        .containsPattern("running +64 +at stake +64")
        .containsPattern("total +1,000")
        .contains("key admin of account default")
        .contains("headgate settlement " + ID);
  }

  @Test
  void as_json_it_prints_the_receipt_byte_for_byte() {
    server.respond("POST " + BATCH + "/cancel", 200, receipt());
    server.respond("GET " + BATCH + "/receipt", 200, receipt());

    assertThat(run("cancel", ID, "--json").out()).isEqualTo(receipt());
    assertThat(run("--json", "receipt", ID).out()).isEqualTo(receipt());
  }

  @Test
  void a_preview_changes_nothing_and_prints_that() {
    server.respond(
        "POST " + BATCH + "/cancel",
        200,
        "{\"preview\":true,\"would_stop\":400,\"running\":64,\"would_refund\":400,\"state\":\"running\"}");

    CommandResult result = run("cancel", ID, "--preview");

    assertThat(server.received.getFirst().uri().getQuery()).isEqualTo("preview=true");
    assertThat(result.out())
        .containsPattern("would stop +400 items")
        .contains("Nothing has changed");
  }

  @Test
  void with_wait_it_waits_for_the_running_items() {
    server.respond("POST " + BATCH + "/cancel", 200, receipt());
    respondInTurn("GET " + BATCH, batch("cancelling", 0, 4, 6, 0), batch("cancelled", 0, 0, 10, 0));
    server.respond(
        "GET " + BATCH + "/settlement",
        200,
        """
        {"state":"settled","due_at":"2026-11-21T10:00:30.000Z","settled_at":"2026-11-21T10:00:01.000Z",
         "running":0,"succeeded":60,"failed":4,"cancelled":0,"interrupted":0,"abandoned":0,
         "credits":{"charged":60,"refunded":4},"items":[]}
        """);

    CommandResult result = run("cancel", ID, "--wait");

    assertThat(sleeps).hasSize(1);
    assertThat(result.out())
        .containsPattern("settlement +settled")
        .containsPattern("charged +60 credits");
  }

  @Test
  void single_items_are_cancelled_without_a_receipt() {
    server.respond(
        "POST " + BATCH + "/items/cancel",
        200,
        """
        {"cancelled":[3],"skipped":[{"ordinal":5,"state":"succeeded","reason":"finished"}],
         "credits_refunded":1}
        """);

    CommandResult result = run("cancel", ID, "--item", "3,5");

    assertThat(server.received.getFirst().body()).isEqualTo("{\"ordinals\":[3,5]}");
    assertThat(result.out())
        .contains("1 item cancelled, 1 credit refunded")
        .contains("item 5 skipped: finished");
  }

  @Test
  void every_matching_batch_is_cancelled_and_waited_for() {
    server.respond("POST /v1/batches/cancel", 202, "{\"operation_id\":\"o1\",\"matched\":2}");
    respondInTurn(
        "GET /v1/operations/o1",
        "{\"state\":\"running\",\"matched\":2,\"cancelled\":0,\"skipped\":0,\"receipts\":[]}",
        "{\"state\":\"completed\",\"matched\":2,\"cancelled\":1,\"skipped\":1,\"receipts\":["
            + receipt()
            + "]}");

    CommandResult result = run("cancel-all", "--processor", "scrape", "--reason", "wrong list");

    assertThat(server.received.getFirst().body())
        .startsWith("{\"filter\":{\"processor\":\"scrape\"")
        .contains("wrong list");
    assertThat(result.out())
        .containsPattern(ID + " +400 +64 +400")
        .contains("1 cancelled, 1 skipped, of 2 that match");
  }

  @Test
  void a_cancel_of_every_batch_without_a_filter_is_refused_before_anything_is_sent() {
    assertThat(run("cancel-all").code()).isEqualTo(2);
    assertThat(server.received).isEmpty();
  }

  @Test
  void a_finished_batch_is_a_conflict() {
    server.respond("POST " + BATCH + "/cancel", 409, problem(409, "batch-finished"));

    CommandResult result = run("cancel", ID);

    assertThat(result.code()).isEqualTo(5);
    assertThat(result.err()).contains("batch-finished").contains("headgate show");
  }
}
