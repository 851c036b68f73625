package io.headgate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.peer.Peer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LongAnswersTest extends ClientCase {

  private static final String RESULTS = "GET /v1/batches/" + Samples.ID + "/results";
  private static final String EVENTS = "GET /v1/batches/" + Samples.ID + "/events";

  private static final String CUT_OFF =
      """
      : hello

      id: 1
      event: progress
      data: {"a":1}

      event: item
      data: {"ordinal":4}

      id: 2
      """;
  private static final String TO_THE_END =
      """
      id: 2
      event: state
      data: {"state":
      data: "completed"}

      id: 3
      event: end
      data:

      """;

  @Test
  void results_go_on_after_the_last_whole_line_when_the_connection_breaks() {
    peer.onRaw(
        RESULTS,
        exchange -> {
          peer.remember(exchange, "");
          switch (peer.received.size()) {
            case 1 ->
                Peer.sendAndDie(exchange, line(5, "p1") + line(3, "p2") + "{\"ordinal\":9,\"st");
            case 2 -> Peer.sendAndDie(exchange, "");
            default -> Peer.send(exchange, 200, line(9, "p3"));
          }
        });

    try (Stream<Result> results =
        client.results(Samples.ID, new ResultQuery(ItemState.SUCCEEDED, null, true))) {
      assertThat(results.map(Result::ordinal)).containsExactly(5L, 3L, 9L);
    }
    assertThat(peer.received)
        .extracting(request -> request.uri().getQuery())
        .containsExactly(
            "state=succeeded&follow=true",
            "state=succeeded&after=p2&follow=true",
            "state=succeeded&after=p2&follow=true");
  }

  @Test
  void a_result_is_there_as_its_line_and_as_its_fields() {
    peer.on(RESULTS, 200, line(5, "p1"));

    try (Stream<Result> results = client.results(Samples.ID, ResultQuery.ALL)) {
      Result result = results.findFirst().orElseThrow();
      assertThat(result.line() + "\n").isEqualTo(line(5, "p1"));
      assertThat(result.state()).isEqualTo(ItemState.SUCCEEDED);
      assertThat(result.position()).isEqualTo("p1");
    }
  }

  @Test
  void a_refused_stream_is_refused_before_its_first_element() {
    peer.on(RESULTS, 404, "{\"status\":404,\"code\":\"not-found\"}");

    assertThatThrownBy(() -> client.results(Samples.ID, ResultQuery.ALL))
        .isInstanceOf(HeadgateException.class);
  }

  @Test
  void a_connection_that_breaks_again_and_again_is_given_up() {
    peer.onRaw(RESULTS, exchange -> Peer.sendAndDie(exchange, ""));

    String path = RESULTS.substring("GET ".length());
    ResultLines shape = new ResultLines(Transport.to(peer.url(), "hg_test"), path, ResultQuery.ALL);
    try (LongAnswer<Result> results =
        new LongAnswer<>(shape, peer.url(), Duration.ofMillis(1), null)) {
      assertThatThrownBy(results::hasNext).isInstanceOf(UnreachableException.class);
      assertThat(results.hasNext()).isFalse();
    }
  }

  @Test
  void csv_comes_as_the_server_writes_it() throws IOException {
    peer.on(RESULTS, 200, "ordinal,state\n1,succeeded\n");

    try (InputStream csv = client.resultsAsCsv(Samples.ID, ResultQuery.ALL)) {
      assertThat(new String(csv.readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo("ordinal,state\n1,succeeded\n");
    }
  }

  @Test
  void events_are_read_past_comments_and_resumed_by_the_last_id_until_the_end() {
    peer.onRaw(
        EVENTS,
        exchange -> {
          peer.remember(exchange, "");
          Peer.send(exchange, 200, peer.received.size() == 1 ? CUT_OFF : TO_THE_END);
        });

    List<Event> events;
    try (Stream<Event> stream = client.events(Samples.ID, null)) {
      events = stream.toList();
    }

    assertThat(events).extracting(Event::name).containsExactly("progress", "item", "state", "end");
    assertThat(events.get(2).data().get("state").asString()).isEqualTo("completed");
    assertThat(peer.received.getLast().headers().getFirst("Last-Event-ID")).isEqualTo("1");
  }

  private static String line(int ordinal, String position) {
    return "{\"ordinal\":%d,\"state\":\"succeeded\",\"position\":\"%s\"}\n"
        .formatted(ordinal, position);
  }
}
