package io.headgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhooksCommandTest extends CommandLineTestCase {

  private static final String PATH = "/v1/webhooks/w1";

  WebhooksCommandTest() throws IOException {}

  private static String webhook(String state, String more) {
    return """
    {"id":"w1","url":"https://example.com/hook","events":["batch.completed","batch.settled"],
     "state":"%s","reason":null,"created_at":"2026-11-21T10:00:00.000Z","delivered":1234,
     "failed_attempts":2,"last_attempt":{"at":"2026-11-21T11:00:00.000Z","status":500,
     "duration_seconds":0.25,"error":"the receiver responded with 500","response":null}%s}
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
    server.respond(
        "GET /v1/webhooks",
        200,
        "{\"data\":[" + webhook("active", "") + "],\"next_cursor\":\"n\"}");

    for (CommandResult result :
        new CommandResult[] {run("webhooks"), run("webhooks", "list", "--limit", "1")}) {
      assertThat(result.code()).isZero();
      assertThat(result.out())
          .containsPattern(
              "w1 +active +1,234 +2 +batch.completed,batch.settled +https://example.com/hook")
          .contains("Next page: add --cursor n");
    }
    assertThat(server.received.getLast().uri().toString()).isEqualTo("/v1/webhooks?limit=1");
  }

  @Test
  void a_new_webhook_is_printed_with_its_secret_and_the_test_command() {
    server.respond("POST /v1/webhooks", 201, webhook("active", ",\"secret\":\"whsec_abc\""));

    CommandResult result =
        run(
            "webhooks",
            "create",
            "https://example.com/hook",
            "--event",
            "batch.completed,item.failed");

    assertThat(result.out())
        .containsPattern("secret +whsec_abc")
        .contains("it will not be shown again", "headgate webhooks test w1");
    assertThat(server.received.getFirst().body())
        .isEqualTo(
            "{\"url\":\"https://example.com/hook\",\"events\":[\"batch.completed\",\"item.failed\"]}");
  }

  @Test
  void without_events_all_events_are_requested() {
    server.respond("POST /v1/webhooks", 201, webhook("active", ",\"secret\":\"whsec_abc\""));

    run("webhooks", "create", "https://example.com/hook");

    assertThat(server.received.getFirst().body())
        .isEqualTo("{\"url\":\"https://example.com/hook\"}");
  }

  @Test
  void json_is_the_response_of_the_server_and_nothing_else() {
    String response = webhook("active", ",\"secret\":\"whsec_abc\"");
    server.respond("POST /v1/webhooks", 201, response);

    assertThat(run("webhooks", "create", "https://example.com/hook", "--json").out())
        .isEqualTo(response);
  }

  @ParameterizedTest
  @CsvSource({"active, false", "paused, true", "failed, true"})
  void a_webhook_is_shown_with_its_last_attempt_and_the_resume_command(
      String state, boolean resumeShown) {
    server.respond("GET " + PATH, 200, webhook(state, ""));

    String out = run("webhooks", "show", "w1").out();

    assertThat(out)
        .containsPattern("state +" + state)
        .containsPattern(
            "last attempt +2026-11-21 11:00:00Z, the receiver responded with 500 after 0.25 s");
    assertThat(out.contains("headgate webhooks resume w1")).isEqualTo(resumeShown);
  }

  @Test
  void a_webhook_is_paused_resumed_and_deleted() {
    server.respond("POST " + PATH + "/pause", 200, webhook("paused", ""));
    server.respond("POST " + PATH + "/resume", 200, webhook("active", ""));
    server.respond("DELETE " + PATH, 204, "");

    assertThat(run("webhooks", "pause", "w1").out())
        .contains("Paused.", "headgate webhooks resume w1");
    assertThat(run("webhooks", "resume", "w1").out()).isNotBlank();
    assertThat(run("webhooks", "delete", "w1").out()).contains("Deleted w1.");
  }

  @Test
  void a_test_and_a_redelivery_print_the_command_that_shows_their_result() {
    server.respond(
        "POST " + PATH + "/test", 202, delivery("pending", "\"2026-11-21T10:00:00.000Z\""));
    server.respond(
        "POST " + PATH + "/deliveries/d1/redeliver",
        202,
        delivery("pending", "\"2026-11-21T10:00:00.000Z\""));

    for (CommandResult result :
        new CommandResult[] {
          run("webhooks", "test", "w1"), run("webhooks", "redeliver", "w1", "d1")
        }) {
      assertThat(result.out())
          .containsPattern("delivery +d1")
          .containsPattern("state +pending")
          .containsPattern("next attempt +2026-11-21 10:00:00Z")
          .contains("headgate webhooks deliveries w1");
    }
  }

  @Test
  void the_log_shows_every_delivery_with_its_last_attempt() {
    server.respond(
        "GET " + PATH + "/deliveries",
        200,
        "{\"data\":[" + delivery("delivered", "null") + "],\"next_cursor\":null}");

    assertThat(run("webhooks", "deliveries", "w1", "--state", "delivered").out())
        .containsPattern(
            "d1 +batch.completed +delivered +2026-11-21 10:00:00Z +1 +- +2026-11-21 10:00:01Z,"
                + " delivered after 0.012 s");
    assertThat(server.received.getFirst().uri().toString())
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
  void an_unknown_id_exits_4_and_names_the_command_that_lists_webhooks(
      String command, String method, String path) {
    server.respond(method + " /v1/webhooks/unknown" + path, 404, problem(404, "not-found"));

    CommandResult result = run("webhooks", command, "unknown");

    assertThat(result.code()).isEqualTo(4);
    assertThat(result.err()).contains("'headgate webhooks'").doesNotContain("headgate list");
  }

  @Test
  void
      an_unknown_delivery_names_the_command_that_lists_deliveries_and_a_waiting_one_is_a_conflict() {
    server.respond(
        "POST " + PATH + "/deliveries/nothing/redeliver", 404, problem(404, "not-found"));
    assertThat(run("webhooks", "redeliver", "w1", "nothing").err())
        .contains("'headgate webhooks deliveries ID'");
    server.respond("POST " + PATH + "/deliveries/d1/redeliver", 409, problem(409, "nothing-to-do"));

    CommandResult result = run("webhooks", "redeliver", "w1", "d1");

    assertThat(result.code()).isEqualTo(5);
    assertThat(result.err()).contains("--state pending").doesNotContain("headgate show");
  }

  @Test
  void a_refused_target_exits_8_and_prints_why_once() {
    String why = "url: is refused: 127.0.0.1 is not an address of the internet";
    server.respond(
        "POST /v1/webhooks",
        400,
        """
        {"type":"/problems/invalid-request","title":"Invalid request","status":400,
         "detail":"%s","code":"invalid-request",
         "errors":[{"pointer":"/url","field":"url","message":"%s"}]}
        """
            .formatted(why, why.substring("url: ".length())));

    CommandResult result = run("webhooks", "create", "http://127.0.0.1/");

    assertThat(result.code()).isEqualTo(8);
    assertThat(result.err().split("is refused", -1)).hasSize(2);
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
  void a_missing_parameter_is_named(String line) {
    CommandResult result = run(("webhooks " + line).split(" ", -1));

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("Missing required parameter");
  }
}
