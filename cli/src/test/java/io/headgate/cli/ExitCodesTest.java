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

class ExitCodesTest extends CommandLineKit {

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
    peer.on("GET " + BATCH, status, problem(status, code));

    Ran ran = run("show", ID);

    assertThat(ran.code()).isEqualTo(exit);
    assertThat(ran.err()).contains(code);
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void as_json_a_refusal_is_the_problem_itself() {
    peer.on("GET " + BATCH, 404, problem(404, "not-found"));

    assertThat(run("show", ID, "--json").out()).isEqualTo(problem(404, "not-found"));
  }

  @Test
  void no_server_exits_6_and_says_how_to_start_one() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      environment.put("HEADGATE_URL", "http://127.0.0.1:" + socket.getLocalPort());
    }

    Ran ran = run("list");

    assertThat(ran.code()).isEqualTo(6);
    assertThat(ran.err()).contains("./headgate serve");
  }

  @Test
  void an_unknown_word_exits_2_and_names_the_likely_one() {
    Ran ran = run("cancle", ID);

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("cancel").contains("--help");
  }

  @Test
  void a_url_that_is_none_exits_2() {
    assertThat(run("list", "--url", "localhost:8080").code()).isEqualTo(2);
  }

  @Test
  void what_answers_and_is_no_headgate_counts_as_no_server() {
    peer.on("GET " + BATCH, 404, "<html>not here</html>");

    Ran ran = run("show", ID);

    assertThat(ran.code()).isEqualTo(6);
    assertThat(ran.err()).contains("does not come from Headgate", "--url");
  }

  @ParameterizedTest
  @CsvSource({
    "receipt, after it is cancelled",
    "settlement, after it is cancelled",
    "items, headgate items ID",
    "show, headgate list"
  })
  void what_is_not_there_is_told_with_where_to_look(String command, String where) {
    peer.on("GET " + BATCH, 404, problem(404, "not-found"));
    peer.on("GET " + BATCH + "/" + command, 404, problem(404, "not-found"));

    Ran ran = run(command, ID);

    assertThat(ran.code()).isEqualTo(4);
    assertThat(ran.err()).contains("no such batch, item, receipt, key, webhook or template", where);
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
  void a_wrong_command_line_is_told_what_to_write(String line, String words) {
    Ran ran = run(line.split(" ", -1));

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains(words).contains(line.split(" ", 2)[0] + " --help'");
  }

  @Test
  void a_file_that_cannot_be_written_is_named_with_the_reason() {
    peer.on("GET " + BATCH + "/results", 200, "");

    Ran ran = run("results", ID, "-o", folder.resolve("none/results").toString());

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).contains("no such file or folder: ").contains("none/results");
  }

  @Test
  void bad_lines_are_named_each_once_with_what_to_do() {
    peer.on(
        "POST /v1/batches",
        422,
        """
        {"type":"/problems/invalid-items","title":"Some items are not valid","status":422,
         "detail":"Line 2: url is required.","code":"invalid-items",
         "errors":[{"pointer":"","line":2,"field":"url","message":"is required"}]}
        """);
    standardInput = "{}\n{}\n";

    Ran ran = run("submit", "-", "--processor", "scrape");

    assertThat(ran.code()).isEqualTo(8);
    assertThat(ran.err()).containsOnlyOnce("is required").contains("--skip-bad-lines");
  }

  @Test
  void the_key_is_taken_from_the_data_folder_when_none_is_given() throws IOException {
    environment.remove("HEADGATE_API_KEY");
    Files.writeString(folder.resolve("admin.key"), "hg_from_file\n");
    peer.on("GET " + BATCH, 200, batch("running", 1, 0, 0, 0));

    assertThat(run("show", ID, "--data", folder.toString()).code()).isZero();
    assertThat(peer.received.getFirst().headers().getFirst("Authorization"))
        .isEqualTo("Bearer hg_from_file");
  }

  @Test
  void the_help_lists_every_exit_code_and_the_words_of_the_launcher() {
    Ran ran = run("--help");

    assertThat(ran.code()).isZero();
    for (ExitCode code : ExitCode.values()) {
      assertThat(ran.out()).containsPattern("(?m)^ +" + code.code() + " ");
    }
    assertThat(ran.out()).contains("serve", "check", "migrate", "simulate", "bench");
  }
}
