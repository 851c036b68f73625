package io.headgate.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Whether a drain keeps its rate for a quarter of an hour. */
final class Sustained implements Comparison {

  private static final Duration DURATION = Duration.ofMinutes(15);
  private static final Duration QUICK_DURATION = Duration.ofSeconds(30);
  private static final int PARTS = 5;
  private static final double LEAST_OF_BEGINNING = 0.9;

  @Override
  public String name() {
    return "sustained";
  }

  @Override
  public String question() {
    return "the rate of a long drain, its last fifth beside its first";
  }

  @Override
  public List<Figure> run(Settings settings) throws Exception {
    Duration duration = settings.duration(DURATION, QUICK_DURATION);
    List<Rate> parts = new ArrayList<>();
    try (BenchServer server = BenchServer.open(settings)) {
      DrainRun.run(server, Math.min(1_000_000, settings.items()));
      try (BackgroundLoad load = BackgroundLoad.start(server)) {
        for (int part = 0; part < PARTS; part++) {
          long before = load.settled();
          long start = System.nanoTime();
          load.runFor(duration.dividedBy(PARTS));
          parts.add(Rate.of(load.settled() - before, System.nanoTime() - start, "items"));
          load.check();
          Report.printLine("  " + parts.getLast());
        }
      }
    }
    return List.of(
        Figure.rates(
            "last fifth of a drain of " + duration.toMinutes() + " min",
            parts.getLast(),
            "first fifth",
            parts.getFirst(),
            LEAST_OF_BEGINNING));
  }
}
