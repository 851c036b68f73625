package io.headgate.cli;

import io.headgate.client.HeadgateClient;
import io.headgate.client.Response;
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

/** The root command: the options that every command has, and the client built from them. */
@Command(
    name = "headgate",
    description = "Submit batches, watch them, cancel them and account for every item.",
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    footerHeading = "%nServer commands:%n",
    footer = {
      "  serve       Start a server",
      "  check       Check a configuration",
      "  migrate     Update the schema of a database",
      "  simulate    Run the seeded simulation of the engine",
      "  bench       Run the benchmarks"
    })
final class HeadgateCommand implements Runnable {

  private static final String DEFAULT_URL = "http://127.0.0.1:8080";

  @Option(
      names = "--url",
      scope = ScopeType.INHERIT,
      paramLabel = "URL",
      description = "Server URL; default: HEADGATE_URL or " + DEFAULT_URL)
  private @Nullable URI url;

  @Option(
      names = "--key",
      scope = ScopeType.INHERIT,
      paramLabel = "KEY",
      description = "The API key; default: HEADGATE_API_KEY, then admin.key in --data")
  private @Nullable String key;

  @Option(
      names = "--data",
      scope = ScopeType.INHERIT,
      paramLabel = "DIR",
      description = "The data folder of a server on this machine; default: ./data")
  private Path data = Path.of("data");

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Print the response of the API unchanged")
  private boolean json;

  @Option(
      names = {"-h", "--help"},
      scope = ScopeType.INHERIT,
      usageHelp = true,
      description = "Show this help")
  @SuppressWarnings("UnusedVariable") // picocli reads it
  private boolean help;

  @Option(names = "--version", versionHelp = true, description = "Show the version")
  @SuppressWarnings("UnusedVariable") // picocli reads it
  private boolean version;

  @Spec private @Nullable CommandSpec spec;

  private final Terminal terminal;

  HeadgateCommand(Terminal terminal) {
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

  /** Creates a client of the server that the options select. The caller closes it. */
  HeadgateClient client() {
    return HeadgateClient.at(server(), apiKey());
  }

  URI server() {
    URI configured = url;
    if (configured == null) {
      configured = URI.create(terminal.environment().getOrDefault("HEADGATE_URL", DEFAULT_URL));
    }
    String scheme = configured.getScheme();
    if (configured.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
      throw usageError("--url must look like " + DEFAULT_URL + "; got '" + configured + "'");
    }
    return configured;
  }

  /** Prints a response: unchanged with {@code --json}, else formatted by {@code formatter}. */
  <T> void show(Response<T> response, Function<T, String> formatter) {
    if (!json) {
      terminal.out().print(formatter.apply(response.value()));
      return;
    }
    byte[] bytes = response.bytes();
    terminal.out().write(bytes, 0, bytes.length);
    if (terminal.interactive() && !response.json().endsWith("\n")) {
      terminal.out().println();
    }
  }

  /** Prints a hint on what to do next, unless {@code --json} is set. */
  void hint(String text) {
    if (!json) {
      terminal.out().println(text);
    }
  }

  /** Creates the exception for an invalid command line. The caller throws it. */
  ParameterException usageError(String message) {
    if (spec == null) {
      throw new IllegalStateException("used before the command line was parsed");
    }
    CommandLine command = spec.commandLine();
    while (command.getParseResult() != null && command.getParseResult().hasSubcommand()) {
      command = command.getParseResult().subcommand().commandSpec().commandLine();
    }
    return new ParameterException(command, message);
  }

  private @Nullable String apiKey() {
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
      throw usageError("cannot read " + file + ": " + e.getMessage());
    }
  }
}
