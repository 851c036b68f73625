package io.headgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the server in a process of their own, as an operator meets them. */
class MainTest {

  @TempDir Path folder;

  private record Ended(int status, String out, String err) {}

  @Test
  void check_accepts_a_valid_configuration() throws Exception {
    Path file = Files.writeString(folder.resolve("headgate.yaml"), "port: 9000\nslots: 8\n");

    Ended ended = run("check", "--config", file.toString());

    assertThat(ended.status()).isZero();
    assertThat(ended.out()).isEqualTo("the configuration is valid\n");
  }

  @Test
  void check_names_an_unknown_key_and_the_nearest_one() throws Exception {
    Path file = Files.writeString(folder.resolve("headgate.yaml"), "prot: 9000\n");

    Ended ended = run("check", "--config", file.toString());

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.err()).contains("headgate: unknown key 'prot', did you mean 'port'?\n");
  }

  @Test
  void serve_does_not_start_with_values_that_cannot_be_and_names_all_of_them() throws Exception {
    Path data = folder.resolve("data");

    Ended ended =
        run(
            "serve",
            "--port",
            "eighty",
            "--database-url",
            "mysql://h/x",
            "--data",
            data.toString());

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.err())
        .contains("headgate: port must be a whole number, not 'eighty'\n")
        .contains("headgate: database_url must look like postgresql://");
    assertThat(data).doesNotExist();
  }

  @Test
  void simulate_tells_the_history_of_one_seed_and_ends_well_when_every_law_held() throws Exception {
    Ended ended = run("simulate", "--seed", "3", "--steps", "5");

    assertThat(ended.status()).isZero();
    assertThat(ended.out())
        .contains("seed 3\n    1  open submits B1")
        .contains("every law held\n1 seed, ");
  }

  private Ended run(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        Stream.concat(
                Stream.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    "io.headgate.Main"),
                Stream.of(arguments))
            .toList();
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("HEADGATE_"));
    int status = builder.start().waitFor();
    return new Ended(status, Files.readString(out), Files.readString(err));
  }
}
