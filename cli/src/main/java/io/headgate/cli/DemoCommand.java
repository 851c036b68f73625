package io.headgate.cli;

import io.headgate.client.HeadgateClient;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "demo",
    description = {
      "Run a demonstration on a small local web site: submit, watch, cancel midway, read the"
          + " receipt, audit, resubmit the rest.",
      "Starts its own server and removes it at the end."
    })
final class DemoCommand implements Callable<Integer> {

  private static final int MAX_PAGES = 100_000;

  @Option(
      names = "--pages",
      paramLabel = "N",
      description = "How many pages the site has; default: ${DEFAULT-VALUE}",
      defaultValue = "3000")
  private int pages;

  @Option(
      names = "--delay",
      paramLabel = "DURATION",
      description = "How long the site takes to serve a page; default: 0.15s",
      defaultValue = "0.15s")
  private Duration delay = Duration.ZERO;

  private final HeadgateCommand headgate;

  DemoCommand(HeadgateCommand headgate) {
    this.headgate = headgate;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (headgate.json() || pages < 10 || pages > MAX_PAGES) {
      throw headgate.usageError(
          "--pages must be between 10 and 100000, and --json is not supported");
    }
    PrintStream out = headgate.terminal().out();
    try (DemoSite site = DemoSite.start(pages, delay)) {
      out.println(
          "A web site of " + TextFormat.number(pages) + " pages is running on " + site.url());
      out.println("Starting a Headgate server ...");
      try (DemoServer server = DemoServer.start(launcher());
          HeadgateClient client = HeadgateClient.at(server.url(), server.key())) {
        out.println("The server is running on " + server.url());
        boolean passed = new DemoScript(headgate, client, site).run();
        out.println(passed ? "All checks passed." : "NOT all checks passed.");
        return (passed ? ExitCode.OK : ExitCode.FAILED).code();
      }
    }
  }

  private Path launcher() {
    @Nullable String named = System.getProperty("headgate.launcher");
    Path launcher = Path.of(named == null ? "headgate" : named);
    if (!Files.isExecutable(launcher)) {
      throw headgate.usageError("the demo must be started with the launcher: ./headgate demo");
    }
    return launcher.toAbsolutePath();
  }
}
