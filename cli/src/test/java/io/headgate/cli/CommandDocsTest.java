package io.headgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** {@code docs/cli.md} is rendered here; {@code -Dheadgate.write-docs=true} writes it anew. */
class CommandDocsTest {

  private static final Path PAGE = Path.of("../docs/cli.md");

  @Test
  void the_page_of_the_command_line_says_what_the_help_says() throws IOException {
    String rendered = render();
    if (Boolean.getBoolean("headgate.write-docs")) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, rendered);
    }

    assertThat(PAGE).content().isEqualTo(rendered);
  }

  private static String render() {
    CommandLine headgate = Main.commandLine(Terminal.system());
    StringBuilder page = new StringBuilder(INTRODUCTION);
    for (ExitCode code : ExitCode.values()) {
      page.append("| %d | %s |\n".formatted(code.code(), ExitCode.help().get("" + code.code())));
    }
    page.append("\n## Options of every command\n\n").append(usage(headgate));
    page.append("\n## Commands\n");
    headgate.getSubcommands().values().forEach(command -> add(page, command));
    return page.toString();
  }

  private static void add(StringBuilder page, CommandLine command) {
    String name = command.getCommandSpec().qualifiedName();
    page.append("\n### ").append(name).append("\n\n").append(usage(command));
    command.getSubcommands().values().forEach(part -> add(page, part));
  }

  private static String usage(CommandLine command) {
    return "```\n" + command.getUsageMessage(Ansi.OFF).stripTrailing() + "\n```\n";
  }

  private static final String INTRODUCTION =
      """
      # The command line

      `./headgate COMMAND` talks to a server: the one of `--url`, else of `HEADGATE_URL`, else
      `http://127.0.0.1:8080`. The key is `--key`, else `HEADGATE_API_KEY`, else the file `admin.key`
      in the folder `--data` (`./data` when it is not given), which the server wrote on its first
      start. `--json` prints what the API answered, byte for byte; refusals are then the API's
      problem documents. Words for people about what went wrong always go to standard error.

      `serve`, `check`, `migrate`, `simulate` and `bench` are the server's own and are described in
      [operating.md](operating.md).

      ## Items

      `submit` reads one item per line. In **ndjson** a line is an item `{"ref": …, "input": …}` or
      the bare input of one; in **csv** the column `ref` is the ref and the others are the input; in
      **lines** every line is the text of one item, for example a URL, and blank lines are left out.
      A file's name tells (`.ndjson`, `.jsonl`, `.csv`), else its first character (`{` or `"` is
      ndjson), else it is lines. Nothing is stored when a line is bad, unless `--skip-bad-lines`
      says otherwise.

      ## Exit codes

      | code | meaning |
      |---|---|
      """;
}
