package io.headgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitCodesTest extends CommandLineTestCase {

  @TempDir Path folder;

  ExitCodesTest() throws IOException {}

  @ParameterizedTest
  @CsvSource({
    "401, unauthorized, 3",
    "403, forbidden, 3",
    "404, not-found, 4",
    "409, batch-not-finished, 5",
    "500, internal, 7",
    "503, unavailable, 7",
    "429, rate-limited, 7",
    "400, invalid-request, 8",
    "422, invalid-items, 8",
    "402, insufficient-credits, 9"
  })
  void a_refusal_has_the_exit_code_of_its_kind(int status, String code, int exit) {
    server.respond("GET " + BATCH, status, problem(status, code));

    CommandResult result = run("show", ID);

    assertThat(result.code()).isEqualTo(exit);
    assertThat(result.err()).contains(code);
    assertThat(result.out()).isEmpty();
  }

  @Test
  void as_json_a_refusal_is_the_problem_itself() {
    server.respond("GET " + BATCH, 404, problem(404, "not-found"));

    assertThat(run("show", ID, "--json").out()).isEqualTo(problem(404, "not-found"));
  }

  @Test
  void no_server_exits_6_and_prints_how_to_start_one() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      environment.put("HEADGATE_URL", "http://127.0.0.1:" + socket.getLocalPort());
    }

    CommandResult result = run("list");

    assertThat(result.code()).isEqualTo(6);
    assertThat(result.err()).contains("./headgate serve");
  }

  @Test
  void an_unknown_command_exits_2_and_names_a_similar_one() {
    CommandResult result = run("cancle", ID);

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("cancel").contains("--help");
  }

  @Test
  void an_invalid_url_exits_2() {
    assertThat(run("list", "--url", "localhost:8080").code()).isEqualTo(2);
  }

  @Test
  void a_response_of_another_server_counts_as_no_server() {
    server.respond("GET " + BATCH, 404, "<html>not here</html>");

    CommandResult result = run("show", ID);

    assertThat(result.code()).isEqualTo(6);
    assertThat(result.err()).contains("does not come from Headgate", "--url");
  }

  @ParameterizedTest
  @CsvSource({
    "receipt, after it is cancelled",
    "settlement, after it is cancelled",
    "items, headgate items ID",
    "show, headgate list"
  })
  void a_missing_thing_is_reported_with_the_command_that_lists_it(String command, String advice) {
    server.respond("GET " + BATCH, 404, problem(404, "not-found"));
    server.respond("GET " + BATCH + "/" + command, 404, problem(404, "not-found"));

    CommandResult result = run(command, ID);

    assertThat(result.code()).isEqualTo(4);
    assertThat(result.err())
        .contains("no such batch, item, receipt, key, webhook or template", advice);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "submit nowhere.txt --processor scrape | headgate submit: no readable file",
        "submit - --processor scrape --metadata x | headgate submit: 'x' must have the form",
        "submit - --processor scrape --start-at noon | 'noon' is not a time; write it like 2026-",
        "submit - --processor scrape --concurrency few | 'few' is not a whole number",
        "submit - --processor scrape --concurrency 9999999999 | is too large",
        "items ID first | 'first' is not a whole number",
        "cancel-all | headgate cancel-all: a filter is required"
      })
  void an_invalid_command_line_prints_what_is_expected(String line, String message) {
    CommandResult result = run(line.split(" ", -1));

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains(message).contains(line.split(" ", 2)[0] + " --help'");
  }

  @Test
  void a_file_that_cannot_be_written_is_named_with_the_reason() {
    server.respond("GET " + BATCH + "/results", 200, "");

    CommandResult result = run("results", ID, "-o", folder.resolve("none/results").toString());

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("no such file or folder: ").contains("none/results");
  }

  @Test
  void invalid_lines_are_listed_once_with_advice() {
    server.respond(
        "POST /v1/batches",
        422,
        """
        {"type":"/problems/invalid-items","title":"Some items are not valid","status":422,
         "detail":"Line 2: url is required.","code":"invalid-items",
         "errors":[{"pointer":"","line":2,"field":"url","message":"is required"}]}
        """);
    standardInput = "{}\n{}\n";

    CommandResult result = run("submit", "-", "--processor", "scrape");

    assertThat(result.code()).isEqualTo(8);
    assertThat(result.err()).containsOnlyOnce("is required").contains("--skip-bad-lines");
  }

  @Test
  void the_key_is_taken_from_the_data_folder_when_none_is_given() throws IOException {
    environment.remove("HEADGATE_API_KEY");
    Files.writeString(folder.resolve("admin.key"), "hg_from_file\n");
    server.respond("GET " + BATCH, 200, batch("running", 1, 0, 0, 0));

    assertThat(run("show", ID, "--data", folder.toString()).code()).isZero();
    assertThat(server.received.getFirst().headers().getFirst("Authorization"))
        .isEqualTo("Bearer hg_from_file");
  }

  @Test
  void the_help_lists_every_exit_code_and_the_commands_of_the_launcher() {
    CommandResult result = run("--help");

    assertThat(result.code()).isZero();
    for (ExitCode code : ExitCode.values()) {
      assertThat(result.out()).containsPattern("(?m)^ +" + code.code() + " ");
    }
    assertThat(result.out()).contains("serve", "check", "migrate", "simulate", "bench");
  }
}
