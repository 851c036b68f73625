package io.headgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.peer.Peer;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class WatchCommandTest extends CommandLineKit {

  WatchCommandTest() throws IOException {}

  @Test
  void in_a_log_it_prints_a_line_per_step_and_exits_0_when_completed() {
    inTurn(
        "GET " + BATCH,
        batch("pending", 100, 0, 0, 0),
        batch("running", 50, 10, 40, 0),
        batch("running", 50, 10, 40, 0),
        batch("completed", 0, 0, 100, 0));

    Ran ran = run("watch", ID);

    assertThat(ran.code()).isZero();
    assertThat(ran.out().lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("pending").contains("0 of 100 items"),
            line -> assertThat(line).contains("running").contains("40.0 %").contains("120.4"),
            line -> assertThat(line).contains("completed").contains("100 of 100 items"),
            line -> assertThat(line).contains("headgate results " + ID));
    assertThat(pauses).hasSize(3);
  }

  @Test
  void a_batch_that_was_cancelled_exits_1_and_names_the_receipt() {
    inTurn("GET " + BATCH, batch("cancelled", 0, 0, 10, 0));

    Ran ran = run("watch", ID);

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out()).contains("headgate receipt " + ID);
  }

  @Test
  void a_server_that_is_away_for_a_moment_is_waited_for() {
    int[] looks = {0};
    peer.onRaw(
        "GET " + BATCH,
        exchange -> {
          switch (looks[0]++) {
            case 0 -> Peer.send(exchange, 200, batch("running", 50, 10, 40, 0));
            case 1 -> Peer.sendAndDie(exchange, "{");
            default -> Peer.send(exchange, 200, batch("completed", 0, 0, 100, 0));
          }
        });

    assertThat(run("watch", ID).code()).isZero();
  }

  @Test
  void as_json_it_prints_the_batch_on_a_line_per_change() {
    inTurn(
        "GET " + BATCH,
        batch("running", 50, 10, 40, 0),
        batch("running", 50, 10, 40, 0),
        batch("completed", 0, 0, 100, 0));

    Ran ran = run("watch", ID, "--json");

    assertThat(ran.out().lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("{\"id\"") && line.endsWith("}"));
  }
}
