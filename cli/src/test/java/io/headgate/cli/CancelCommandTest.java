package io.headgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class CancelCommandTest extends CommandLineKit {

  CancelCommandTest() throws IOException {}

  @Test
  void it_prints_the_receipt_as_a_table() {
    peer.on("POST " + BATCH + "/cancel", 200, receipt());

    Ran ran = run("cancel", ID, "--mode", "interrupt", "--grace", "5", "--reason", "wrong list");

    assertThat(ran.code()).isZero();
    assertThat(peer.received.getFirst().body())
        .isEqualTo("{\"mode\":\"interrupt\",\"grace_seconds\":5,\"reason\":\"wrong list\"}");
    assertThat(ran.out())
        .contains("no item starts after epoch 8,123")
        .containsPattern("stopped before they started +400 +refunded +400")
        .containsPattern("running +64 +at stake +64")
        .containsPattern("total +1,000")
        .contains("key admin of account default")
        .contains("headgate settlement " + ID);
  }

  @Test
  void as_json_it_prints_the_receipt_byte_for_byte() {
    peer.on("POST " + BATCH + "/cancel", 200, receipt());
    peer.on("GET " + BATCH + "/receipt", 200, receipt());

    assertThat(run("cancel", ID, "--json").out()).isEqualTo(receipt());
    assertThat(run("--json", "receipt", ID).out()).isEqualTo(receipt());
  }

  @Test
  void a_preview_changes_nothing_and_says_so() {
    peer.on(
        "POST " + BATCH + "/cancel",
        200,
        "{\"preview\":true,\"would_stop\":400,\"running\":64,\"would_refund\":400,\"state\":\"running\"}");

    Ran ran = run("cancel", ID, "--preview");

    assertThat(peer.received.getFirst().uri().getQuery()).isEqualTo("preview=true");
    assertThat(ran.out()).containsPattern("would stop +400 items").contains("Nothing has changed");
  }

  @Test
  void it_waits_for_the_running_items_when_asked() {
    peer.on("POST " + BATCH + "/cancel", 200, receipt());
    inTurn("GET " + BATCH, batch("cancelling", 0, 4, 6, 0), batch("cancelled", 0, 0, 10, 0));
    peer.on(
        "GET " + BATCH + "/settlement",
        200,
        """
        {"state":"settled","due_at":"2026-11-21T10:00:30.000Z","settled_at":"2026-11-21T10:00:01.000Z",
         "running":0,"succeeded":60,"failed":4,"cancelled":0,"interrupted":0,"abandoned":0,
         "credits":{"charged":60,"refunded":4},"items":[]}
        """);

    Ran ran = run("cancel", ID, "--wait");

    assertThat(pauses).hasSize(1);
    assertThat(ran.out())
        .containsPattern("settlement +settled")
        .containsPattern("charged +60 credits");
  }

  @Test
  void single_items_are_cancelled_without_a_receipt() {
    peer.on(
        "POST " + BATCH + "/items/cancel",
        200,
        """
        {"cancelled":[3],"skipped":[{"ordinal":5,"state":"succeeded","reason":"finished"}],
         "credits_refunded":1}
        """);

    Ran ran = run("cancel", ID, "--item", "3,5");

    assertThat(peer.received.getFirst().body()).isEqualTo("{\"ordinals\":[3,5]}");
    assertThat(ran.out())
        .contains("1 item cancelled, 1 credit refunded")
        .contains("item 5 skipped: finished");
  }

  @Test
  void every_batch_that_fits_is_cancelled_and_waited_for() {
    peer.on("POST /v1/batches/cancel", 202, "{\"operation_id\":\"o1\",\"matched\":2}");
    inTurn(
        "GET /v1/operations/o1",
        "{\"state\":\"running\",\"matched\":2,\"cancelled\":0,\"skipped\":0,\"receipts\":[]}",
        "{\"state\":\"completed\",\"matched\":2,\"cancelled\":1,\"skipped\":1,\"receipts\":["
            + receipt()
            + "]}");

    Ran ran = run("cancel-all", "--processor", "scrape", "--reason", "wrong list");

    assertThat(peer.received.getFirst().body())
        .startsWith("{\"filter\":{\"processor\":\"scrape\"")
        .contains("wrong list");
    assertThat(ran.out())
        .containsPattern(ID + " +400 +64 +400")
        .contains("1 cancelled, 1 skipped, of 2 that match");
  }

  @Test
  void a_cancel_of_every_batch_without_a_filter_is_refused_before_anything_is_sent() {
    assertThat(run("cancel-all").code()).isEqualTo(2);
    assertThat(peer.received).isEmpty();
  }

  @Test
  void a_finished_batch_is_a_conflict() {
    peer.on("POST " + BATCH + "/cancel", 409, problem(409, "batch-finished"));

    Ran ran = run("cancel", ID);

    assertThat(ran.code()).isEqualTo(5);
    assertThat(ran.err()).contains("batch-finished").contains("headgate show");
  }
}
