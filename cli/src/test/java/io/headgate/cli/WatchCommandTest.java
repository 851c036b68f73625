package io.headgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.stub.StubServer;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class WatchCommandTest extends CommandLineTestCase {

  WatchCommandTest() throws IOException {}

  @Test
  void in_a_log_it_prints_a_line_per_step_and_exits_0_when_completed() {
    respondInTurn(
        "GET " + BATCH,
        batch("pending", 100, 0, 0, 0),
        batch("running", 50, 10, 40, 0),
        batch("running", 50, 10, 40, 0),
        batch("completed", 0, 0, 100, 0));

    CommandResult result = run("watch", ID);

    assertThat(result.code()).isZero();
    assertThat(result.out().lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("pending").contains("0 of 100 items"),
            line -> assertThat(line).contains("running").contains("40.0 %").contains("120.4"),
            line -> assertThat(line).contains("completed").contains("100 of 100 items"),
            line -> assertThat(line).contains("headgate results " + ID));
    assertThat(sleeps).hasSize(3);
  }

  @Test
  void a_batch_that_was_cancelled_exits_1_and_names_the_receipt() {
    respondInTurn("GET " + BATCH, batch("cancelled", 0, 0, 10, 0));

    CommandResult result = run("watch", ID);

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out()).contains("headgate receipt " + ID);
  }

  @Test
  void a_server_that_is_briefly_unreachable_is_waited_for() {
    int[] polls = {0};
    server.handle(
        "GET " + BATCH,
        exchange -> {
          switch (polls[0]++) {
            case 0 -> StubServer.send(exchange, 200, batch("running", 50, 10, 40, 0));
            case 1 -> StubServer.sendPartially(exchange, "{");
            default -> StubServer.send(exchange, 200, batch("completed", 0, 0, 100, 0));
          }
        });

    assertThat(run("watch", ID).code()).isZero();
  }

  @Test
  void as_json_it_prints_the_batch_on_a_line_per_change() {
    respondInTurn(
        "GET " + BATCH,
        batch("running", 50, 10, 40, 0),
        batch("running", 50, 10, 40, 0),
        batch("completed", 0, 0, 100, 0));

    CommandResult result = run("watch", ID, "--json");

    assertThat(result.out().lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("{\"id\"") && line.endsWith("}"));
  }
}
