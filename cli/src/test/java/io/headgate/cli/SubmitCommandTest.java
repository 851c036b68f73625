package io.headgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubmitCommandTest extends CommandLineKit {

  @TempDir Path folder;

  SubmitCommandTest() throws IOException {}

  @Test
  void a_file_of_urls_becomes_one_text_per_line_and_the_next_steps_are_told() throws IOException {
    peer.on("POST /v1/batches", 202, batch("pending", 2, 0, 0, 0));
    Path urls = Files.writeString(folder.resolve("urls.txt"), "http://a/\r\n\n  http://b/?q=\"\n");

    Ran ran = run("submit", urls.toString(), "--processor", "scrape", "--concurrency", "5");

    assertThat(ran.code()).isZero();
    assertThat(ran.out())
        .contains("batch " + ID + ": 2 items for scrape, pending")
        .contains("headgate watch " + ID)
        .contains("headgate cancel " + ID);
    assertThat(peer.received.getFirst().body()).isEqualTo("\"http://a/\"\n\"http://b/?q=\\\"\"\n");
    assertThat(peer.received.getFirst().uri().getQuery())
        .isEqualTo("processor=scrape&concurrency=5");
    assertThat(peer.received.getFirst().headers().getFirst("Authorization"))
        .isEqualTo("Bearer hg_test");
  }

  @Test
  void standard_input_that_starts_with_an_object_is_sent_as_it_is() {
    peer.on("POST /v1/batches", 202, batch("pending", 1, 0, 0, 0));
    standardInput = "{\"url\":\"http://a/\"}\n";

    assertThat(run("submit", "-", "--processor", "scrape").code()).isZero();
    assertThat(peer.received.getFirst().body()).isEqualTo(standardInput);
  }

  @Test
  void a_csv_file_is_sent_as_csv() throws IOException {
    peer.on("POST /v1/batches", 202, batch("pending", 1, 0, 0, 0));
    Path csv = Files.writeString(folder.resolve("list.csv"), "ref,url\na,http://a/\n");

    assertThat(run("submit", csv.toString(), "--processor", "scrape").code()).isZero();
    assertThat(peer.received.getFirst().headers().getFirst("Content-Type")).isEqualTo("text/csv");
  }

  @Test
  void options_are_typed_as_pairs_or_as_json_and_limits_in_words() {
    peer.on("POST /v1/batches", 202, batch("pending", 1, 0, 0, 0));
    standardInput = "http://a/\n";

    Ran ran =
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

    assertThat(ran.err()).isEmpty();
    assertThat(peer.received.getFirst().body())
        .contains(
            "{\"processor\":\"scrape\","
                + "\"options\":{\"output\":\"markdown\",\"depth\":3,\"fields\":{\"t\":\"h1\"}},"
                + "\"metadata\":{\"team\":\"a\"},"
                + "\"limits\":{\"max_attempts\":5,\"timeout_seconds\":120},\"priority\":-7}");
  }

  @Test
  void bad_lines_are_named_and_exit_8() {
    peer.on(
        "POST /v1/batches",
        422,
        """
        {"type":"/problems/invalid-items","title":"Bad items","status":422,"code":"invalid-items",
         "detail":"1 line is bad","errors":[{"line":3,"field":"url","message":"is missing"}]}
        """);
    standardInput = "{}\n";

    Ran ran = run("submit", "-", "--processor", "scrape");

    assertThat(ran.code()).isEqualTo(8);
    assertThat(ran.err()).contains("1 line is bad").contains("line 3: url: is missing");
  }

  @Test
  void lines_that_were_left_out_are_listed() {
    String stored = batch("pending", 1, 0, 0, 0).strip();
    peer.on(
        "POST /v1/batches",
        202,
        stored.substring(0, stored.length() - 1)
            + ",\"rejected\":[{\"line\":2,\"field\":\"url\",\"message\":\"is missing\"}],"
            + "\"rejected_count\":1}");
    standardInput = "{\"url\":\"http://a/\"}\n{}\n";

    Ran ran = run("submit", "-", "--processor", "scrape", "--skip-bad-lines");

    assertThat(ran.code()).isZero();
    assertThat(ran.out()).contains("line 2 skipped: url is missing").contains("1 skipped in total");
    assertThat(peer.received.getFirst().uri().getQuery()).contains("on_bad_line=skip");
  }

  @Test
  void a_file_that_is_not_there_is_a_usage_error_before_anything_is_sent() {
    Ran ran = run("submit", "nowhere.txt", "--processor", "scrape");

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("nowhere.txt");
    assertThat(peer.received).isEmpty();
  }

  @Test
  void a_duration_nobody_can_read_is_a_usage_error() {
    Ran ran = run("submit", "-", "--processor", "scrape", "--timeout", "soon");

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("'soon' is not a duration");
  }

  @Test
  void with_watch_it_goes_on_to_the_end_and_exits_with_its_verdict() {
    peer.on("POST /v1/batches", 202, batch("pending", 2, 0, 0, 0));
    inTurn("GET " + BATCH, batch("running", 1, 0, 1, 0), batch("partial", 0, 0, 1, 1));
    standardInput = "http://a/\nhttp://b/\n";

    Ran ran = run("submit", "-", "--processor", "scrape", "--watch");

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out()).contains("1 item failed").contains("headgate retry " + ID);
  }
}
