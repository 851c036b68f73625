package io.headgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhooksCommandTest extends CommandLineKit {

  private static final String PATH = "/v1/webhooks/w1";

  WebhooksCommandTest() throws IOException {}

  private static String webhook(String state, String more) {
    return """
    {"id":"w1","url":"https://example.com/hook","events":["batch.completed","batch.settled"],
     "state":"%s","reason":null,"created_at":"2026-11-21T10:00:00.000Z","delivered":1234,
     "failed_attempts":2,"last_attempt":{"at":"2026-11-21T11:00:00.000Z","status":500,
     "duration_seconds":0.25,"error":"the receiver answered 500","response":null}%s}
    """
        .formatted(state, more);
  }

  private static String delivery(String state, String next) {
    return """
    {"id":"d1","event":"batch.completed","batch_id":"b1","state":"%s",
     "created_at":"2026-11-21T10:00:00.000Z","next_attempt_at":%s,"settled_at":null,
     "attempts":[{"at":"2026-11-21T10:00:01.000Z","status":204,"duration_seconds":0.012,
     "error":null,"response":null}]}
    """
        .formatted(state, next);
  }

  @Test
  void webhooks_are_listed_without_their_secrets() {
    peer.on(
        "GET /v1/webhooks",
        200,
        "{\"data\":[" + webhook("active", "") + "],\"next_cursor\":\"n\"}");

    for (Ran ran : new Ran[] {run("webhooks"), run("webhooks", "list", "--limit", "1")}) {
      assertThat(ran.code()).isZero();
      assertThat(ran.out())
          .containsPattern(
              "w1 +active +1,234 +2 +batch.completed,batch.settled +https://example.com/hook")
          .contains("Next page: add --cursor n");
    }
    assertThat(peer.received.getLast().uri().toString()).isEqualTo("/v1/webhooks?limit=1");
  }

  @Test
  void a_new_one_is_shown_with_its_secret_and_the_way_to_try_it_out() {
    peer.on("POST /v1/webhooks", 201, webhook("active", ",\"secret\":\"whsec_abc\""));

    Ran ran =
        run(
            "webhooks",
            "create",
            "https://example.com/hook",
            "--event",
            "batch.completed,item.failed");

    assertThat(ran.out())
        .containsPattern("secret +whsec_abc")
        .contains("it will not be shown again", "headgate webhooks test w1");
    assertThat(peer.received.getFirst().body())
        .isEqualTo(
            "{\"url\":\"https://example.com/hook\",\"events\":[\"batch.completed\",\"item.failed\"]}");
  }

  @Test
  void without_events_all_are_asked_for() {
    peer.on("POST /v1/webhooks", 201, webhook("active", ",\"secret\":\"whsec_abc\""));

    run("webhooks", "create", "https://example.com/hook");

    assertThat(peer.received.getFirst().body()).isEqualTo("{\"url\":\"https://example.com/hook\"}");
  }

  @Test
  void json_is_what_the_server_said_and_no_word_more() {
    String made = webhook("active", ",\"secret\":\"whsec_abc\"");
    peer.on("POST /v1/webhooks", 201, made);

    assertThat(run("webhooks", "create", "https://example.com/hook", "--json").out())
        .isEqualTo(made);
  }

  @ParameterizedTest
  @CsvSource({"active, false", "paused, true", "failed, true"})
  void one_is_shown_with_its_last_attempt_and_how_to_take_it_up_again(String state, boolean told) {
    peer.on("GET " + PATH, 200, webhook(state, ""));

    String out = run("webhooks", "show", "w1").out();

    assertThat(out)
        .containsPattern("state +" + state)
        .containsPattern(
            "last attempt +2026-11-21 11:00:00Z, the receiver answered 500 after 0.25 s");
    assertThat(out.contains("headgate webhooks resume w1")).isEqualTo(told);
  }

  @Test
  void one_is_paused_resumed_and_deleted() {
    peer.on("POST " + PATH + "/pause", 200, webhook("paused", ""));
    peer.on("POST " + PATH + "/resume", 200, webhook("active", ""));
    peer.on("DELETE " + PATH, 204, "");

    assertThat(run("webhooks", "pause", "w1").out())
        .contains("Paused.", "headgate webhooks resume w1");
    assertThat(run("webhooks", "resume", "w1").out()).isNotBlank();
    assertThat(run("webhooks", "delete", "w1").out()).contains("Deleted w1.");
  }

  @Test
  void a_test_and_a_redelivery_say_where_to_see_how_they_went() {
    peer.on("POST " + PATH + "/test", 202, delivery("pending", "\"2026-11-21T10:00:00.000Z\""));
    peer.on(
        "POST " + PATH + "/deliveries/d1/redeliver",
        202,
        delivery("pending", "\"2026-11-21T10:00:00.000Z\""));

    for (Ran ran :
        new Ran[] {run("webhooks", "test", "w1"), run("webhooks", "redeliver", "w1", "d1")}) {
      assertThat(ran.out())
          .containsPattern("delivery +d1")
          .containsPattern("state +pending")
          .containsPattern("next attempt +2026-11-21 10:00:00Z")
          .contains("headgate webhooks deliveries w1");
    }
  }

  @Test
  void the_log_shows_every_delivery_with_its_last_attempt() {
    peer.on(
        "GET " + PATH + "/deliveries",
        200,
        "{\"data\":[" + delivery("delivered", "null") + "],\"next_cursor\":null}");

    assertThat(run("webhooks", "deliveries", "w1", "--state", "delivered").out())
        .containsPattern(
            "d1 +batch.completed +delivered +2026-11-21 10:00:00Z +1 +- +2026-11-21 10:00:01Z,"
                + " delivered after 0.012 s");
    assertThat(peer.received.getFirst().uri().toString())
        .isEqualTo(PATH + "/deliveries?state=delivered");
  }

  @ParameterizedTest
  @CsvSource({
    "show, GET, ''",
    "pause, POST, /pause",
    "resume, POST, /resume",
    "test, POST, /test",
    "delete, DELETE, ''",
    "deliveries, GET, /deliveries"
  })
  void an_unknown_id_exits_4_and_leads_to_the_list_of_webhooks(
      String command, String method, String path) {
    peer.on(method + " /v1/webhooks/unknown" + path, 404, problem(404, "not-found"));

    Ran ran = run("webhooks", command, "unknown");

    assertThat(ran.code()).isEqualTo(4);
    assertThat(ran.err()).contains("'headgate webhooks'").doesNotContain("headgate list");
  }

  @Test
  void an_unknown_delivery_leads_to_the_log_and_what_waits_is_said_to_wait() {
    peer.on("POST " + PATH + "/deliveries/nothing/redeliver", 404, problem(404, "not-found"));
    assertThat(run("webhooks", "redeliver", "w1", "nothing").err())
        .contains("'headgate webhooks deliveries ID'");
    peer.on("POST " + PATH + "/deliveries/d1/redeliver", 409, problem(409, "nothing-to-do"));

    Ran ran = run("webhooks", "redeliver", "w1", "d1");

    assertThat(ran.code()).isEqualTo(5);
    assertThat(ran.err()).contains("--state pending").doesNotContain("headgate show");
  }

  @Test
  void a_refused_target_exits_8_and_says_why_once() {
    String why = "url: is refused: 127.0.0.1 is not an address of the internet";
    peer.on(
        "POST /v1/webhooks",
        400,
        """
        {"type":"/problems/invalid-request","title":"Invalid request","status":400,
         "detail":"%s","code":"invalid-request",
         "errors":[{"pointer":"/url","field":"url","message":"%s"}]}
        """
            .formatted(why, why.substring("url: ".length())));

    Ran ran = run("webhooks", "create", "http://127.0.0.1/");

    assertThat(ran.code()).isEqualTo(8);
    assertThat(ran.err().split("is refused", -1)).hasSize(2);
  }

  @Test
  void no_server_exits_6() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      environment.put("HEADGATE_URL", "http://127.0.0.1:" + socket.getLocalPort());
    }

    assertThat(run("webhooks").code()).isEqualTo(6);
    assertThat(run("webhooks", "test", "w1").err()).contains("./headgate serve");
  }

  @ParameterizedTest
  @ValueSource(strings = {"create", "show", "redeliver w1"})
  void what_is_missing_in_a_command_line_is_named(String line) {
    Ran ran = run(("webhooks " + line).split(" ", -1));

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("Missing required parameter");
  }
}
