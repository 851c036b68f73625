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
      "Show the whole story on a small web site of its own: submit, watch, stop midway, read the"
          + " receipt, audit, run the rest.",
      "It starts a server of its own, needs no other, and leaves nothing behind."
    })
final class DemoCommand implements Callable<Integer> {

  private static final int MOST_PAGES = 100_000;

  @Option(
      names = "--pages",
      paramLabel = "N",
      description = "How many pages the site has; else ${DEFAULT-VALUE}",
      defaultValue = "3000")
  private int pages;

  @Option(
      names = "--delay",
      paramLabel = "DURATION",
      description = "How long a page takes; else 0.15 s",
      defaultValue = "0.15s")
  private Duration delay = Duration.ZERO;

  private final Headgate headgate;

  DemoCommand(Headgate headgate) {
    this.headgate = headgate;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (headgate.json() || pages < 10 || pages > MOST_PAGES) {
      throw headgate.usage("the demo prints no JSON, and its site has 10 to 100000 pages");
    }
    PrintStream out = headgate.terminal().out();
    try (DemoSite site = DemoSite.start(pages, delay)) {
      out.println("A web site of " + Words.number(pages) + " pages is on " + site.url());
      out.println("Starting a server of its own ...");
      try (DemoServer server = DemoServer.start(launcher());
          HeadgateClient client = HeadgateClient.at(server.url(), server.key())) {
        out.println("It is on " + server.url());
        boolean holds = new DemoStory(headgate, client, site).tell();
        out.println(holds ? "All of it holds." : "NOT all of it holds.");
        return (holds ? ExitCode.OK : ExitCode.FAILED).code();
      }
    }
  }

  private Path launcher() {
    @Nullable String named = System.getProperty("headgate.launcher");
    Path launcher = Path.of(named == null ? "headgate" : named);
    if (!Files.isExecutable(launcher)) {
      throw headgate.usage("run the demo through the launcher: ./headgate demo");
    }
    return launcher.toAbsolutePath();
  }
}
