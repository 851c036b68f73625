package io.headgate.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code simulate} in a process of its own. */
@Tag("process")
class SimulateCommandTest {

  @TempDir Path folder;

  private record ProcessResult(int status, String out, String err) {}

  @Test
  void one_seed_prints_its_history_and_exits_with_0_when_every_law_held() throws Exception {
    ProcessResult result = run("--seed", "3", "--steps", "5");

    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.out())
        .contains("seed 3\n    1  open submits B1")
        .contains("every law held\n1 seed, ");
  }

  @Test
  void an_unknown_option_exits_with_2_and_suggests_a_similar_one() throws Exception {
    ProcessResult result = run("--sed", "3");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("Possible solutions: --seeds, --seed");
  }

  private ProcessResult run(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        Stream.concat(
                Stream.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Main.class.getName()),
                Stream.of(arguments))
            .toList();
    Path err = folder.resolve("err");
    Process process = new ProcessBuilder(command).redirectError(err.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new ProcessResult(process.waitFor(), out, Files.readString(err));
  }
}
