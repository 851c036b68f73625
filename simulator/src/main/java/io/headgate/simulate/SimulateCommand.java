package io.headgate.simulate;

import io.headgate.db.LocalPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs seeds on a PostgreSQL of its own, in a temporary folder that is deleted at the end. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the engine step by step, in an order that a seed determines, and checks its laws.",
      "Exits with 1 and prints the history of the seed when a law is violated."
    })
final class SimulateCommand implements Callable<Integer> {

  private static final int DEFAULT_SEEDS = 100;
  private static final int LAW_VIOLATED = 1;

  @Option(names = "--seeds", paramLabel = "N", description = "number of seeds to run, default 100")
  @Nullable Integer seeds;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description =
          "first seed, default 1; without --seeds, only this seed runs and its history is printed")
  @Nullable Long seed;

  @Option(
      names = "--steps",
      paramLabel = "K",
      description = "steps of each seed before the final phase, default ${DEFAULT-VALUE}")
  int steps = Simulation.STEPS;

  @Override
  public Integer call() throws IOException {
    Path folder = Files.createTempDirectory("headgate-simulate");
    Thread cleanup = new Thread(() -> delete(folder), "headgate-simulate-stop");
    Runtime.getRuntime().addShutdownHook(cleanup);
    try (LocalPostgres postgres = LocalPostgres.start(folder);
        Simulation simulation = Simulation.on(postgres.address("postgres", 2))) {
      return run(simulation);
    }
  }

  private int run(Simulation simulation) {
    long first = seed == null ? 1 : seed;
    boolean single = seed != null && seeds == null;
    int count = single ? 1 : seeds == null ? DEFAULT_SEEDS : seeds;
    long totalSteps = 0;
    for (long next = first; next < first + count; next++) {
      SimulationHistory history = simulation.play(next, steps);
      if (single || history.breach() != null) {
        System.out.print(history);
      }
      if (history.breach() != null) {
        return LAW_VIOLATED;
      }
      totalSteps += history.steps().size();
    }
    System.out.println(
        (count == 1 ? "1 seed, " : count + " seeds, ") + totalSteps + " steps, every law held");
    return 0;
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
