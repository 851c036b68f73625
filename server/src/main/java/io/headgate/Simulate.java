package io.headgate;

import io.headgate.db.LocalPostgres;
import io.headgate.simulate.History;
import io.headgate.simulate.Simulation;
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

/** Runs the simulation on an embedded PostgreSQL in a temporary folder. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the engine step by step, in an order that a seed determines, and checks its invariants.",
      "When an invariant is violated, prints the history of that seed and exits with 1."
    })
final class Simulate implements Callable<Integer> {

  private static final int SOME = 100;
  private static final int BROKEN = 1;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "number of seeds to run; 100 by default")
  @Nullable Integer seeds;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description =
          "the first seed; 1 by default. Without --seeds only this one runs and its history is printed")
  @Nullable Long seed;

  @Option(
      names = "--steps",
      paramLabel = "K",
      description =
          "steps of each seed before the remaining work is run to its end; ${DEFAULT-VALUE} by default")
  int steps = Simulation.STEPS;

  @Override
  public Integer call() throws IOException {
    Path folder = Files.createTempDirectory("headgate-simulate");
    Thread cleaning = new Thread(() -> delete(folder), "headgate-simulate-stop");
    Runtime.getRuntime().addShutdownHook(cleaning);
    try (LocalPostgres postgres = LocalPostgres.start(folder);
        Simulation simulation = Simulation.on(postgres.address("postgres", 2))) {
      return play(simulation);
    }
  }

  private int play(Simulation simulation) {
    long first = seed == null ? 1 : seed;
    boolean one = seed != null && seeds == null;
    int many = one ? 1 : seeds == null ? SOME : seeds;
    long played = 0;
    for (long next = first; next < first + many; next++) {
      History history = simulation.play(next, steps);
      if (one || history.breach() != null) {
        System.out.print(history);
      }
      if (history.breach() != null) {
        return BROKEN;
      }
      played += history.steps().size();
    }
    System.out.println(
        (many == 1 ? "1 seed, " : many + " seeds, ") + played + " steps, every law held");
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
