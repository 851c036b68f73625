package io.headgate.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs the benchmarks. Each figure is printed together with what it is compared with. */
@Command(
    name = "headgate bench",
    mixinStandardHelpOptions = true,
    subcommands = CompareCancel.class,
    description = "Run the benchmarks with these names; without names, all of them.")
public final class Main implements Callable<Integer> {

  private static final int QUICK_ITEMS = 100_000;
  private static final int ITEMS = 1_000_000;
  private static final int NOT_MEASURED = 1;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "NAME",
      description =
          "submit, drain, cancel, flatness, small-batches, sustained, held-snapshot, latency,"
              + " dialects, start, memory, scrape, render, webhooks")
  private List<String> names = new ArrayList<>();

  @Option(names = "--items", paramLabel = "N", description = "Number of items of the large batches")
  private @Nullable Integer items;

  @Option(
      names = "--duration",
      paramLabel = "SECONDS",
      description = "Duration of held-snapshot (1800) and sustained (900)")
  private @Nullable Integer duration;

  @Option(names = "--quick", description = "Run few and small rounds, to check that all works")
  private boolean quick;

  @Option(names = "--write", paramLabel = "FILE", description = "Write the figures into this page")
  private @Nullable Path page;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = "Folder for databases, on a real disk; default: the temporary folder")
  private Path folder = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));

  /** A strong reference, because a logger without one loses its level. */
  private static final Logger HTTP_SERVER = Logger.getLogger("io.helidon");

  public static void main(String[] args) {
    System.setProperty("logback.configurationFile", "logback-bench.xml");
    HTTP_SERVER.setLevel(Level.WARNING);
    System.exit(new CommandLine(new Main()).execute(args));
  }

  @Override
  public Integer call() {
    TimeLimit.start(Duration.ofHours(3), NOT_MEASURED);
    Settings settings = settings();
    List<Comparison> selected = selected();
    Report.printLine(Machine.describe());
    return selected.stream().filter(c -> !measure(c, settings)).count() == 0 ? 0 : NOT_MEASURED;
  }

  private Settings settings() {
    try {
      return new Settings(
          items != null ? items : quick ? QUICK_ITEMS : ITEMS,
          quick,
          folder.toAbsolutePath(),
          duration == null ? null : Duration.ofSeconds(duration),
          Path.of(System.getProperty("headgate.launcher", "headgate")));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private List<Comparison> selected() {
    List<String> known = Comparisons.ALL.stream().map(Comparison::name).toList();
    for (String name : names) {
      if (!known.contains(name)) {
        throw new ParameterException(
            spec.commandLine(),
            "no benchmark '" + name + "'; available: " + String.join(", ", known));
      }
    }
    return Comparisons.ALL.stream()
        .filter(c -> names.isEmpty() || names.contains(c.name()))
        .toList();
  }

  private boolean measure(Comparison comparison, Settings settings) {
    Report.printLine("\n" + comparison.name() + ": " + comparison.question());
    try {
      List<Figure> figures = comparison.run(settings);
      Report.print(figures);
      if (page != null) {
        Report.write(page, comparison, figures);
      }
      return true;
    } catch (Exception e) {
      Report.printLine("  not measured: " + Report.reason(e));
      return false;
    }
  }
}
