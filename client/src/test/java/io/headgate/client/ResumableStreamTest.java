package io.headgate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.stub.StubServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ResumableStreamTest extends ClientTestCase {

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
  private static final String REMAINDER =
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
  void results_resume_after_the_last_complete_line_when_the_connection_breaks() {
    server.handle(
        RESULTS,
        exchange -> {
          server.record(exchange, "");
          switch (server.received.size()) {
            case 1 ->
                StubServer.sendPartially(
                    exchange, line(5, "p1") + line(3, "p2") + "{\"ordinal\":9,\"st");
            case 2 -> StubServer.sendPartially(exchange, "");
            default -> StubServer.send(exchange, 200, line(9, "p3"));
          }
        });

    try (Stream<Result> results =
        client.results(Samples.ID, new ResultQuery(ItemState.SUCCEEDED, null, true))) {
      assertThat(results.map(Result::ordinal)).containsExactly(5L, 3L, 9L);
    }
    assertThat(server.received)
        .extracting(request -> request.uri().getQuery())
        .containsExactly(
            "state=succeeded&follow=true",
            "state=succeeded&after=p2&follow=true",
            "state=succeeded&after=p2&follow=true");
  }

  @Test
  void a_result_has_its_line_and_its_fields() {
    server.respond(RESULTS, 200, line(5, "p1"));

    try (Stream<Result> results = client.results(Samples.ID, ResultQuery.ALL)) {
      Result result = results.findFirst().orElseThrow();
      assertThat(result.line() + "\n").isEqualTo(line(5, "p1"));
      assertThat(result.state()).isEqualTo(ItemState.SUCCEEDED);
      assertThat(result.position()).isEqualTo("p1");
    }
  }

  @Test
  void a_refused_stream_is_refused_before_its_first_element() {
    server.respond(RESULTS, 404, "{\"status\":404,\"code\":\"not-found\"}");

    assertThatThrownBy(() -> client.results(Samples.ID, ResultQuery.ALL))
        .isInstanceOf(HeadgateException.class);
  }

  @Test
  void reconnecting_stops_after_several_attempts() {
    server.handle(RESULTS, exchange -> StubServer.sendPartially(exchange, ""));

    String path = RESULTS.substring("GET ".length());
    ResultStreamFormat format =
        new ResultStreamFormat(Transport.to(server.url(), "hg_test"), path, ResultQuery.ALL);
    try (ResumableStream<Result> results =
        new ResumableStream<>(format, server.url(), Duration.ofMillis(1), null)) {
      assertThatThrownBy(results::hasNext).isInstanceOf(UnreachableException.class);
      assertThat(results.hasNext()).isFalse();
    }
  }

  @Test
  void csv_is_returned_unchanged() throws IOException {
    server.respond(RESULTS, 200, "ordinal,state\n1,succeeded\n");

    try (InputStream csv = client.resultsAsCsv(Samples.ID, ResultQuery.ALL)) {
      assertThat(new String(csv.readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo("ordinal,state\n1,succeeded\n");
    }
  }

  @Test
  void events_skip_comments_and_resume_after_the_last_id_until_the_end() {
    server.handle(
        EVENTS,
        exchange -> {
          server.record(exchange, "");
          StubServer.send(exchange, 200, server.received.size() == 1 ? CUT_OFF : REMAINDER);
        });

    List<Event> events;
    try (Stream<Event> stream = client.events(Samples.ID, null)) {
      events = stream.toList();
    }

    assertThat(events).extracting(Event::name).containsExactly("progress", "item", "state", "end");
    assertThat(events.get(2).data().get("state").asString()).isEqualTo("completed");
    assertThat(server.received.getLast().headers().getFirst("Last-Event-ID")).isEqualTo("1");
  }

  private static String line(int ordinal, String position) {
    return "{\"ordinal\":%d,\"state\":\"succeeded\",\"position\":\"%s\"}\n"
        .formatted(ordinal, position);
  }
}
