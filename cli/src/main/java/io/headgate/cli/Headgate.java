package io.headgate.cli;

import io.headgate.client.Answer;
import io.headgate.client.HeadgateClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The options every command has, and what follows from them. */
@Command(
    name = "headgate",
    description = "Submit batches, watch them, stop them, account for every item.",
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    footerHeading = "%nThe server itself:%n",
    footer = {
      "  serve       Start a server",
      "  check       Check a configuration",
      "  migrate     Bring a database up to date",
      "  simulate    Run the engine's seeded simulation",
      "  bench       Measure it"
    })
final class Headgate implements Runnable {

  private static final String DEFAULT_URL = "http://127.0.0.1:8080";

  @Option(
      names = "--url",
      scope = ScopeType.INHERIT,
      paramLabel = "URL",
      description = "The server; else HEADGATE_URL, else " + DEFAULT_URL)
  private @Nullable URI url;

  @Option(
      names = "--key",
      scope = ScopeType.INHERIT,
      paramLabel = "KEY",
      description = "The API key; else HEADGATE_API_KEY, else the file admin.key of --data")
  private @Nullable String key;

  @Option(
      names = "--data",
      scope = ScopeType.INHERIT,
      paramLabel = "DIR",
      description = "The data folder of a server on this machine; else ./data")
  private Path data = Path.of("data");

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Print the API's JSON, exactly")
  private boolean json;

  @Option(
      names = {"-h", "--help"},
      scope = ScopeType.INHERIT,
      usageHelp = true,
      description = "Show this help")
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  private boolean help;

  @Option(names = "--version", versionHelp = true, description = "Show the version")
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  private boolean version;

  @Spec private @Nullable CommandSpec spec;

  private final Terminal terminal;

  Headgate(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    if (spec != null) {
      spec.commandLine().usage(terminal.out());
    }
  }

  Terminal terminal() {
    return terminal;
  }

  boolean json() {
    return json;
  }

  /** A client of the server the options name; close it. */
  HeadgateClient client() {
    return HeadgateClient.at(server(), secret());
  }

  URI server() {
    URI named = url;
    if (named == null) {
      named = URI.create(terminal.environment().getOrDefault("HEADGATE_URL", DEFAULT_URL));
    }
    String scheme = named.getScheme();
    if (named.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
      throw usage("--url must look like " + DEFAULT_URL + ", not '" + named + "'");
    }
    return named;
  }

  /** Prints the answer, as it came when JSON is asked for, else as the words made of it. */
  <T> void show(Answer<T> answer, Function<T, String> words) {
    if (!json) {
      terminal.out().print(words.apply(answer.value()));
      return;
    }
    byte[] bytes = answer.bytes();
    terminal.out().write(bytes, 0, bytes.length);
    if (terminal.interactive() && !answer.json().endsWith("\n")) {
      terminal.out().println();
    }
  }

  /** Tells what a person may do next; scripts that read JSON are not told. */
  void hint(String words) {
    if (!json) {
      terminal.out().println(words);
    }
  }

  /** The refusal of a command line, to be thrown. */
  ParameterException usage(String message) {
    if (spec == null) {
      throw new IllegalStateException("used before the command line was parsed");
    }
    CommandLine command = spec.commandLine();
    while (command.getParseResult() != null && command.getParseResult().hasSubcommand()) {
      command = command.getParseResult().subcommand().commandSpec().commandLine();
    }
    return new ParameterException(command, message);
  }

  private @Nullable String secret() {
    if (key != null) {
      return key;
    }
    String fromEnvironment = terminal.environment().get("HEADGATE_API_KEY");
    if (fromEnvironment != null && !fromEnvironment.isBlank()) {
      return fromEnvironment.strip();
    }
    Path file = data.resolve("admin.key");
    try {
      return Files.isReadable(file) ? Files.readString(file).strip() : null;
    } catch (IOException e) {
      throw usage("cannot read " + file + ": " + e.getMessage());
    }
  }
}
