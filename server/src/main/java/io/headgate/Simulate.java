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

/** Plays seeds on a PostgreSQL of its own in a folder that goes away afterwards. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = {
      "Plays the engine step by step, in an order that a seed decides, and holds it to its laws.",
      "Exits with 1 and tells the history of the seed when a law is broken."
    })
final class Simulate implements Callable<Integer> {

  private static final int SOME = 100;
  private static final int BROKEN = 1;

  @Option(names = "--seeds", paramLabel = "N", description = "how many seeds to play, or 100")
  @Nullable Integer seeds;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description =
          "the first seed, or 1; without --seeds it is the only one and its history is told")
  @Nullable Long seed;

  @Option(
      names = "--steps",
      paramLabel = "K",
      description = "steps of each seed before the house is left to itself, or ${DEFAULT-VALUE}")
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
