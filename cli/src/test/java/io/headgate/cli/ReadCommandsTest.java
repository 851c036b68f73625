package io.headgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadCommandsTest extends CommandLineTestCase {

  @TempDir Path folder;

  ReadCommandsTest() throws IOException {}

  @Test
  void a_list_is_aligned_and_prints_the_next_cursor() {
    server.respond(
        "GET /v1/batches",
        200,
        "{\"data\":[" + batch("running", 400, 64, 530, 6) + "],\"next_cursor\":\"abc\"}");

    CommandResult result =
        run("list", "--state", "running", "--metadata", "team=a", "--limit", "1");

    assertThat(server.received.getFirst().uri().getQuery())
        .isEqualTo("metadata.team=a&state=running&limit=1");
    assertThat(result.out())
        .containsPattern("ID +STATE +PROCESSOR +TOTAL")
        .containsPattern(ID + " +running +scrape +1,000 +530 +6 +53.6 %")
        .contains("Next page: add --cursor abc");
  }

  @Test
  void a_batch_is_shown_with_its_items_beside_its_credits() {
    server.respond("GET " + BATCH, 200, batch("running", 400, 64, 530, 6));

    assertThat(run("show", ID).out())
        .containsPattern("state +running")
        .containsPattern("pending +400 +reserved +464")
        .containsPattern("succeeded +530 +refunded +6");
  }

  @Test
  void an_item_is_shown_with_its_attempts() {
    server.respond(
        "GET " + BATCH + "/items/7",
        200,
        """
        {"ordinal":7,"ref":"home","state":"failed","input":{"url":"http://a/"},"output":null,
         "error":{"code":"timeout","message":"took too long"},"credits":0,"progress":null,
         "attempts":[{"number":1,"node":"n1","started_at":"2026-11-21T10:00:00.000Z",
           "finished_at":"2026-11-21T10:00:09.000Z","outcome":"failed",
           "error":{"code":"timeout","message":"took too long"}}]}
        """);

    assertThat(run("items", ID, "7").out())
        .containsPattern("error +timeout: took too long")
        .containsPattern("1 +n1 +2026-11-21 10:00:00Z +2026-11-21 10:00:09Z +failed");
  }

  @Test
  void results_are_printed_line_by_line_or_written_to_a_file() throws IOException {
    String lines =
        """
        {"ordinal":1,"state":"succeeded","position":"a"}
        {"ordinal":0,"state":"failed","position":"b"}
        """;
    server.respond("GET " + BATCH + "/results", 200, lines);
    Path file = folder.resolve("results.ndjson");

    assertThat(run("results", ID, "--state", "failed").out()).isEqualTo(lines);
    assertThat(server.received.getFirst().uri().getQuery()).isEqualTo("state=failed");
    CommandResult result = run("results", ID, "-o", file.toString());
    assertThat(result.out()).isEmpty();
    assertThat(file).hasContent(lines.strip());
  }

  @Test
  void results_are_printed_as_csv_on_request() {
    server.respond("GET " + BATCH + "/results", 200, "ordinal,state\n1,succeeded\n");

    assertThat(run("results", ID, "--format", "csv").out())
        .isEqualTo("ordinal,state\n1,succeeded\n");
    assertThat(server.received.getFirst().headers().getFirst("Accept")).isEqualTo("text/csv");
  }

  @Test
  void a_clean_audit_exits_0() {
    server.respond(
        "GET /v1/audit",
        200,
        """
        {"ok":true,"batches":2,"items":1000,"checks":[{"name":"conservation","ok":true,
         "violations":[]}]}
        """);

    CommandResult result = run("audit");

    assertThat(result.code()).isZero();
    assertThat(result.out()).contains("Clean: 2 batches, 1,000 items.");
  }

  @Test
  void a_violation_exits_1_and_names_the_batch() {
    server.respond(
        "GET /v1/audit",
        200,
        """
        {"ok":false,"batches":2,"items":1000,"checks":[{"name":"fence","ok":false,
         "violations":[{"batch_id":"%s","detail":"item 3 started after the fence"}]}]}
        """
            .formatted(ID));

    CommandResult result = run("audit");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out())
        .contains("fence: batch " + ID + ": item 3 started after the fence")
        .contains("NOT clean");
  }

  @Test
  void a_new_key_is_printed_once_and_a_key_is_revoked() {
    server.respond(
        "POST /v1/keys",
        201,
        "{\"id\":\"k1\",\"name\":\"ci\",\"scopes\":[\"read\"],\"secret\":\"hg_new\"}");
    server.respond("DELETE /v1/keys/k1", 204, "");

    assertThat(run("keys", "create", "ci", "--scope", "read").out()).contains("hg_new");
    assertThat(server.received.getFirst().body())
        .isEqualTo("{\"name\":\"ci\",\"scopes\":[\"read\"]}");
    assertThat(run("keys", "revoke", "k1").out()).contains("Revoked k1");
  }

  @Test
  void the_account_is_shown_with_its_balance_and_journal() {
    server.respond(
        "GET /v1/account",
        200,
        "{\"id\":\"a1\",\"name\":\"default\",\"credits\":{\"limit\":null,\"available\":null,"
            + "\"reserved\":464,\"charged\":530},\"limits\":{}}");
    server.respond(
        "GET /v1/account/journal",
        200,
        "{\"data\":[{\"id\":\"j1\",\"at\":\"2026-11-21T10:00:00.000Z\",\"kind\":\"reserve\","
            + "\"credits\":1000,\"batch_id\":\"b1\"}],\"next_cursor\":null}");

    assertThat(run("account").out()).containsPattern("limit +none").containsPattern("charged +530");
    assertThat(run("account", "journal").out()).containsPattern("reserve +1,000 +b1");
  }

  @Test
  void nodes_and_processors_are_listed() {
    server.respond(
        "GET /v1/nodes",
        200,
        "[{\"id\":\"n1\",\"slots\":{\"total\":64,\"busy\":3},\"processors\":[\"scrape\",\"http\"]}]");
    server.respond(
        "GET /v1/processors",
        200,
        "[{\"name\":\"render\",\"ready\":false,\"missing\":[\"chromium\"],\"credits_per_item\":2}]");

    assertThat(run("nodes").out()).containsPattern("n1 +- +- +3 +64 +scrape,http");
    assertThat(run("processors").out()).containsPattern("render +no +2 +\\[\"chromium\"\\]");
  }

  @Test
  void retry_resubmit_pause_and_resume_print_what_they_did() {
    String other = batch("pending", 400, 0, 0, 0);
    server.respond(
        "POST " + BATCH + "/retry",
        200,
        "{\"retried\":6,\"batch\":" + batch("running", 6, 0, 994, 0) + "}");
    server.respond("POST " + BATCH + "/resubmit", 202, other);
    server.respond("POST " + BATCH + "/pause", 200, batch("running", 400, 64, 530, 6));
    server.respond("POST " + BATCH + "/resume", 200, batch("running", 400, 64, 530, 6));

    assertThat(run("retry", ID).out()).contains("6 items pending again");
    assertThat(run("resubmit", ID, "--include-failed").out()).contains("400 items");
    assertThat(server.received.getLast().uri().getQuery()).isEqualTo("include=failed");
    assertThat(run("pause", ID).out()).contains("64 items still running");
    assertThat(run("resume", ID).out()).contains("Resumed; 400 items pending");
  }
}
