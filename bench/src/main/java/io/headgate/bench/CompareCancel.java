package io.headgate.bench;

import io.headgate.bench.CancelMethod.NotMeasuredException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Compares a cancel of all pending jobs in Headgate and in four job queues, in one run. */
@Command(
    name = "compare-cancel",
    mixinStandardHelpOptions = true,
    description =
        "Compare a cancel of pending jobs in Headgate and in four job queues, on one PostgreSQL.")
final class CompareCancel implements Callable<Integer> {

  private static final String NAME = "compare-cancel";
  private static final List<Integer> SIZES = List.of(1_000, 100_000, 1_000_000);
  private static final List<String> ALL = List.of("");
  private static final long LIMIT_SECONDS = 300;

  /** Rounds per size. The table shows their median. */
  static final int ROUNDS = 3;

  private static final int WARM_UP = 1_000;
  private static final Duration MAX_DURATION = Duration.ofHours(5);
  private static final int NOT_MEASURED = 1;

  private static final String HEAD =
      """

      | | time, median of 3 | rows written | dead rows | log | started meanwhile | running at the response | interrupted | started after the response | started in all | the call returns | on record afterwards |
      |---|---|---|---|---|---|---|---|---|---|---|---|
      """;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--items",
      paramLabel = "N,...",
      split = ",",
      description = "Numbers of pending jobs; default: 1000,100000,1000000")
  private List<Integer> sizes = SIZES;

  @Option(
      names = "--only",
      paramLabel = "NAME,...",
      split = ",",
      description = "Products whose names start with NAME; default: all")
  private List<String> only = ALL;

  @Option(
      names = "--limit",
      paramLabel = "SECONDS",
      description = "Time limit of one cancel; default: 300")
  private long limitSeconds = LIMIT_SECONDS;

  @Option(names = "--write", paramLabel = "FILE", description = "Write the tables into this page")
  private @Nullable Path page;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = "Folder for databases, on a real disk; default: the temporary folder")
  private Path folder = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));

  @Override
  public Integer call() throws Exception {
    TimeLimit.start(MAX_DURATION, NOT_MEASURED);
    Path launcher = Path.of(System.getProperty("headgate.launcher", "headgate"));
    WorkloadProcessor processor = new WorkloadProcessor();
    List<CancelMethod> methods = cancelMethods(processor, NodeCompetitors.besideLauncher(launcher));
    StringBuilder tables = new StringBuilder();
    try (BenchServer server = BenchServer.open(settings(launcher), List.of(processor))) {
      new WriteAheadLog(server.statistics()).keep();
      methods.forEach(method -> warmUp(server, method));
      for (int jobs : sizes) {
        tables.append(table(server, methods, jobs));
        write(head() + tables + notes(methods));
      }
    }
    Report.printLine(head() + tables + notes(methods));
    return 0;
  }

  /** Writes the page after each size, so that an interrupted run keeps its results. */
  private void write(String figures) throws IOException {
    if (page != null) {
      Report.write(page, NAME, figures);
    }
  }

  /** Runs a round that does not count, so that class loading is not measured. */
  private void warmUp(BenchServer server, CancelMethod method) {
    CancelCell unused = measure(server, method, WARM_UP, 1);
    Report.printLine("  warm-up: " + unused.row().strip());
  }

  private Settings settings(Path launcher) {
    try {
      int largest = sizes.stream().max(Integer::compare).orElseThrow();
      sizes.forEach(size -> new Settings(size, false, folder, null, launcher));
      return new Settings(largest, false, folder.toAbsolutePath(), null, launcher);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private List<CancelMethod> cancelMethods(WorkloadProcessor processor, NodeCompetitors node) {
    return List.of(
            HeadgateCompetitor.draining(processor),
            HeadgateCompetitor.interrupting(processor),
            DbSchedulerCompetitor.METHOD,
            JobRunrCompetitor.METHOD,
            node.pgBossByQueue(),
            node.pgBossByIds(),
            node.graphileWorker())
        .stream()
        .filter(method -> only.stream().anyMatch(method.name()::startsWith))
        .toList();
  }

  private String table(BenchServer server, List<CancelMethod> methods, int jobs) {
    StringBuilder table = new StringBuilder("\n### %,d pending\n".formatted(jobs) + HEAD);
    for (CancelMethod method : methods) {
      CancelCell cell = measure(server, method, jobs, ROUNDS);
      Report.printLine("  %,d: %s".formatted(jobs, cell.row().strip()));
      table.append(cell.row());
    }
    return table.toString();
  }

  /** Runs up to {@code maxRounds} rounds, as many as start within the time limit of one cancel. */
  private CancelCell measure(BenchServer server, CancelMethod method, int jobs, int maxRounds) {
    Duration limit = Duration.ofSeconds(limitSeconds);
    long start = System.nanoTime();
    List<CancelRound> rounds = new ArrayList<>();
    try {
      do {
        rounds.add(CancelRound.run(server, method, jobs, limit));
      } while (rounds.size() < maxRounds
          && rounds.getLast().finished()
          && System.nanoTime() - start < limit.toNanos());
      return new CancelCell.MeasuredCell(method, jobs, limit, rounds);
    } catch (NotMeasuredException e) {
      return new CancelCell.NotMeasuredCell(method, e.reason());
    } catch (Exception e) {
      // The failure of one product must not discard the results of the others.
      e.printStackTrace(System.err);
      return new CancelCell.NotMeasuredCell(method, "not measured: it failed");
    }
  }

  private String head() {
    return Machine.describe()
        + "\nBy `./headgate bench compare-cancel%s`.\n".formatted(nonDefaultOptions())
        + (sizes.equals(SIZES)
            ? ""
            : "\n**A short run, of other sizes than 1,000, 100,000 and 1,000,000.**\n");
  }

  /** The options that affect the results and differ from the defaults. */
  private String nonDefaultOptions() {
    String items = sizes.stream().map(String::valueOf).collect(Collectors.joining(","));
    return (sizes.equals(SIZES) ? "" : " --items " + items)
        + (only.equals(ALL) ? "" : " --only " + String.join(",", only))
        + (limitSeconds == LIMIT_SECONDS ? "" : " --limit " + limitSeconds);
  }

  private static String notes(List<CancelMethod> methods) {
    return "\nThe calls, and the documentation that describes them:\n\n"
        + methods.stream()
            .map(e -> "* %s: %s ([its page](%s))\n".formatted(e.name(), e.description(), e.page()))
            .collect(Collectors.joining());
  }
}
