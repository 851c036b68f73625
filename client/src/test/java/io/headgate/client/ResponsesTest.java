package io.headgate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResponsesTest extends ClientTestCase {

  private static final String BATCH = "/v1/batches/" + Samples.ID;

  @Test
  void a_receipt_keeps_the_bytes_it_was_read_from() {
    server.respond("POST " + BATCH + "/cancel", 200, Samples.RECEIPT);
    server.respond("GET " + BATCH + "/receipt", 200, Samples.RECEIPT);

    Response<Receipt> cancelled =
        client.cancel(Samples.ID, new CancelRequest(CancelMode.DRAIN, null, "wrong list"));

    assertThat(cancelled.json()).isEqualTo(Samples.RECEIPT);
    assertThat(client.receipt(Samples.ID).bytes()).isEqualTo(cancelled.bytes());
    assertThat(cancelled.value().counts().stopped()).isEqualTo(400);
    assertThat(cancelled.value().credits().atStake()).isEqualTo(64);
    assertThat(server.received.getFirst().body())
        .isEqualTo("{\"mode\":\"drain\",\"reason\":\"wrong list\"}");
  }

  @Test
  void a_preview_sets_the_query_parameter_and_sends_no_body() {
    server.respond(
        "POST " + BATCH + "/cancel",
        200,
        "{\"preview\":true,\"would_stop\":400,\"running\":64,\"would_refund\":400,\"state\":\"running\"}");

    assertThat(client.previewCancel(Samples.ID).value())
        .isEqualTo(new CancelPreview(true, 400, 64, 400, BatchState.RUNNING));
    assertThat(server.received.getFirst().uri().getQuery()).isEqualTo("preview=true");
    assertThat(server.received.getFirst().body()).isEmpty();
  }

  @Test
  void a_list_is_read_as_a_page_and_as_a_bare_array() {
    server.respond(
        "GET /v1/batches", 200, "{\"data\":[" + Samples.BATCH + "],\"next_cursor\":\"abc\"}");
    server.respond("GET /v1/nodes", 200, "[{\"id\":\"n1\",\"slots\":{\"total\":64,\"busy\":3}}]");

    BatchFilter filter =
        new BatchFilter(BatchState.RUNNING, "scrape", null, Map.of("team", "a&b"), null, null);
    Page<Batch> page = client.batches(filter, PageRequest.of(2).after("xyz")).value();

    assertThat(page.nextCursor()).isEqualTo("abc");
    assertThat(page.data()).extracting(Batch::id).containsExactly(Samples.ID);
    assertThat(server.received.getFirst().uri().getRawQuery())
        .isEqualTo("metadata.team=a%26b&state=running&processor=scrape&limit=2&cursor=xyz");
    assertThat(client.nodes().value().data().getFirst().slots()).isEqualTo(new Node.Slots(64, 3));
  }

  @Test
  void a_refusal_carries_the_problem_and_the_retry_delay() {
    server.respond(
        "GET " + BATCH,
        429,
        "{\"type\":\"/problems/rate-limited\",\"status\":429,\"code\":\"rate-limited\"}",
        "Retry-After",
        "7");

    assertThatThrownBy(() -> client.batch(Samples.ID))
        .isInstanceOfSatisfying(
            HeadgateException.class,
            refusal -> {
              assertThat(refusal.problem().code()).isEqualTo("rate-limited");
              assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(7));
            });
  }

  @Test
  void a_response_that_does_not_come_from_headgate_is_reported_as_such() {
    server.respond("GET /v1/account", 200, "<html>hello</html>");
    server.respond("GET " + BATCH, 404, "<html>not here</html>");

    assertThatThrownBy(() -> client.account()).hasMessageContaining("does not come from Headgate");
    assertThatThrownBy(() -> client.batch(Samples.ID))
        .isInstanceOfSatisfying(
            HeadgateException.class,
            refusal -> assertThat(refusal.problem().status()).isEqualTo(404));
  }

  @Test
  void no_server_is_an_unreachable_server() throws IOException {
    URI closedPort;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closedPort = URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
    try (HeadgateClient unconnected = HeadgateClient.at(closedPort, null)) {
      assertThatThrownBy(unconnected::account)
          .isInstanceOf(UnreachableException.class)
          .hasMessageContaining(closedPort.toString());
    }
  }

  @Test
  void an_id_with_a_slash_stays_one_segment_of_the_path() {
    server.respond("GET /v1/batches/..%2Fkeys", 404, "{\"status\":404,\"code\":\"not-found\"}");

    assertThatThrownBy(() -> client.batch("../keys")).hasMessageContaining("not-found");
  }
}
