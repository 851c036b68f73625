package io.headgate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Tag("process")
class MainTest {

  @TempDir Path folder;

  @Test
  void a_failed_measurement_is_one_line_and_the_report_continues() throws IOException {
    Path noFolder = Files.writeString(folder.resolve("a-file"), "");
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream standardOutput = System.out;

    int code;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      code =
          new CommandLine(new Main())
              .execute("submit", "cancel", "--quick", "--folder", noFolder.toString());
    } finally {
      System.setOut(standardOutput);
    }

    assertThat(code).isEqualTo(1);
    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .filteredOn(line -> !line.isBlank())
        .satisfiesExactly(
            machine -> assertThat(machine).startsWith("Measured "),
            submit -> assertThat(submit).startsWith("submit: "),
            why -> assertThat(why).startsWith("  not measured: FileAlreadyExistsException "),
            cancel -> assertThat(cancel).startsWith("cancel: "),
            why -> assertThat(why).startsWith("  not measured: ").contains("a-file"));
  }

  @Test
  void a_reason_contains_every_cause_once_on_one_line() {
    Exception failure =
        new IllegalStateException(
            "the server did not start", new IOException("no space\n left", new IOException()));

    assertThat(Report.reason(failure))
        .isEqualTo("the server did not start: no space left: IOException");
  }
}
