package io.headgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Renders {@code docs/cli.md}; {@code -Dheadgate.write-docs=true} writes it. */
class CommandDocsTest {

  private static final Path PAGE = Path.of("../docs/cli.md");

  @Test
  void the_page_of_the_command_line_contains_the_help() throws IOException {
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

      `./headgate COMMAND` calls a Headgate server. This page lists every command with its options
      and exit codes.

      | setting | option | environment variable | default |
      |---|---|---|---|
      | URL of the server | `--url` | `HEADGATE_URL` | `http://127.0.0.1:8080` |
      | API key | `--key` | `HEADGATE_API_KEY` | the file `admin.key` in the data folder |
      | data folder of a server on this machine | `--data` | | `./data` |

      The server writes `admin.key` on its first start.

      `--json` prints the response of the API byte for byte; when the server refuses the call, that
      is a problem document. Error messages for people always go to standard error.

      [operating.md](operating.md) describes the server commands `serve`, `check`, `migrate`,
      `simulate` and `bench`.

      ## Items

      `submit` reads one item per line, in one of three formats:

      * **ndjson**: each line is an item `{"ref": …, "input": …}` or the bare input of one.
      * **csv**: the first line names the columns. The column `ref` is the ref; the others are the
        input.
      * **lines**: each line is the input of one item as text, for example a URL. Blank lines are
        skipped.

      Without `--format`, the extension of the file decides (`.ndjson`, `.jsonl`, `.csv`). For other
      files the first character decides: `{` or `"` means ndjson, anything else means lines. When a
      line is invalid, nothing is stored; with `--skip-bad-lines` the valid lines are stored.

      ## Exit codes

      | code | meaning |
      |---|---|
      """;
}
