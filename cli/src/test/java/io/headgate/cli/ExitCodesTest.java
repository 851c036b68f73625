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
