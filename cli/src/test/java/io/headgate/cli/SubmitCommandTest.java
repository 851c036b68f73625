package io.headgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubmitCommandTest extends CommandLineTestCase {

  @TempDir Path folder;

  SubmitCommandTest() throws IOException {}

  @Test
  void a_file_of_urls_becomes_one_string_per_line_and_the_next_steps_are_printed()
      throws IOException {
    server.respond("POST /v1/batches", 202, batch("pending", 2, 0, 0, 0));
    Path urls = Files.writeString(folder.resolve("urls.txt"), "http://a/\r\n\n  http://b/?q=\"\n");

    CommandResult result =
        run("submit", urls.toString(), "--processor", "scrape", "--concurrency", "5");

    assertThat(result.code()).isZero();
    assertThat(result.out())
        .contains("batch " + ID + ": 2 items for scrape, pending")
        .contains("headgate watch " + ID)
        .contains("headgate cancel " + ID);
    assertThat(server.received.getFirst().body())
        .isEqualTo("\"http://a/\"\n\"http://b/?q=\\\"\"\n");
    assertThat(server.received.getFirst().uri().getQuery())
        .isEqualTo("processor=scrape&concurrency=5");
    assertThat(server.received.getFirst().headers().getFirst("Authorization"))
        .isEqualTo("Bearer hg_test");
  }

  @Test
  void standard_input_that_starts_with_an_object_is_sent_as_it_is() {
    server.respond("POST /v1/batches", 202, batch("pending", 1, 0, 0, 0));
    standardInput = "{\"url\":\"http://a/\"}\n";

    assertThat(run("submit", "-", "--processor", "scrape").code()).isZero();
    assertThat(server.received.getFirst().body()).isEqualTo(standardInput);
  }

  @Test
  void a_csv_file_is_sent_as_csv() throws IOException {
    server.respond("POST /v1/batches", 202, batch("pending", 1, 0, 0, 0));
    Path csv = Files.writeString(folder.resolve("list.csv"), "ref,url\na,http://a/\n");

    assertThat(run("submit", csv.toString(), "--processor", "scrape").code()).isZero();
    assertThat(server.received.getFirst().headers().getFirst("Content-Type")).isEqualTo("text/csv");
  }

  @Test
  void options_are_pairs_or_json_and_limits_have_units() {
    server.respond("POST /v1/batches", 202, batch("pending", 1, 0, 0, 0));
    standardInput = "http://a/\n";

    CommandResult result =
        run(
            "submit",
            "-",
            "--processor=scrape",
            "--options",
            "output=markdown",
            "--options",
            "depth=3",
            "--options",
            "{\"fields\":{\"t\":\"h1\"}}",
            "--metadata",
            "team=a",
            "--timeout",
            "2m",
            "--max-attempts",
            "5",
            "--priority",
            "-7");

    assertThat(result.err()).isEmpty();
    assertThat(server.received.getFirst().body())
        .contains(
            "{\"processor\":\"scrape\","
                + "\"options\":{\"output\":\"markdown\",\"depth\":3,\"fields\":{\"t\":\"h1\"}},"
                + "\"metadata\":{\"team\":\"a\"},"
                + "\"limits\":{\"max_attempts\":5,\"timeout_seconds\":120},\"priority\":-7}");
  }

  @Test
  void bad_lines_are_named_and_exit_8() {
    server.respond(
        "POST /v1/batches",
        422,
        """
        {"type":"/problems/invalid-items","title":"Bad items","status":422,"code":"invalid-items",
         "detail":"1 line is bad","errors":[{"line":3,"field":"url","message":"is missing"}]}
        """);
    standardInput = "{}\n";

    CommandResult result = run("submit", "-", "--processor", "scrape");

    assertThat(result.code()).isEqualTo(8);
    assertThat(result.err()).contains("1 line is bad").contains("line 3: url: is missing");
  }

  @Test
  void lines_that_were_left_out_are_listed() {
    String stored = batch("pending", 1, 0, 0, 0).strip();
    server.respond(
        "POST /v1/batches",
        202,
        stored.substring(0, stored.length() - 1)
            + ",\"rejected\":[{\"line\":2,\"field\":\"url\",\"message\":\"is missing\"}],"
            + "\"rejected_count\":1}");
    standardInput = "{\"url\":\"http://a/\"}\n{}\n";

    CommandResult result = run("submit", "-", "--processor", "scrape", "--skip-bad-lines");

    assertThat(result.code()).isZero();
    assertThat(result.out())
        .contains("line 2 skipped: url is missing")
        .contains("1 skipped in total");
    assertThat(server.received.getFirst().uri().getQuery()).contains("on_bad_line=skip");
  }

  @Test
  void a_file_that_is_not_there_is_a_usage_error_before_anything_is_sent() {
    CommandResult result = run("submit", "nowhere.txt", "--processor", "scrape");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("nowhere.txt");
    assertThat(server.received).isEmpty();
  }

  @Test
  void an_invalid_duration_is_a_usage_error() {
    CommandResult result = run("submit", "-", "--processor", "scrape", "--timeout", "soon");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("'soon' is not a duration");
  }

  @Test
  void with_watch_it_runs_until_the_batch_ends_and_exits_with_its_result() {
    server.respond("POST /v1/batches", 202, batch("pending", 2, 0, 0, 0));
    respondInTurn("GET " + BATCH, batch("running", 1, 0, 1, 0), batch("partial", 0, 0, 1, 1));
    standardInput = "http://a/\nhttp://b/\n";

    CommandResult result = run("submit", "-", "--processor", "scrape", "--watch");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out()).contains("1 item failed").contains("headgate retry " + ID);
  }
}
