package io.headgate.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Whether an item costs the same in a batch of any size. */
final class FlatnessComparison implements Comparison {

  private static final double MAX_RATIO = 1.2;
  private static final int WARM_UP = 1_500_000;

  @Override
  public String name() {
    return "flatness";
  }

  @Override
  public String question() {
    return "the cost of an item, submit and drain, in batches of any size";
  }

  @Override
  public List<Figure> run(Settings settings) throws Exception {
    List<Figure> figures = new ArrayList<>();
    try (BenchServer server = BenchServer.open(settings)) {
      DrainRun.run(server, Math.min(WARM_UP, 2 * settings.items()));
      figures.addAll(bySize(server, settings));
    }
    return figures;
  }

  private static List<Figure> bySize(BenchServer server, Settings settings) throws Exception {
    Map<Integer, Double> micros = new TreeMap<>();
    for (Map.Entry<Integer, Integer> size : rounds(settings).entrySet()) {
      List<Double> costs = new ArrayList<>();
      for (int round = 0; round < size.getValue(); round++) {
        DrainRun drained = DrainRun.run(server, size.getKey());
        costs.add(drained.microsPerItem());
      }
      micros.put(size.getKey(), Median.of(costs));
    }
    List<Figure> figures = new ArrayList<>();
    micros.forEach((size, cost) ->
        figures.add(
            Figure.information(
                "submit and drain of %,d items".formatted(size),
                Figure.number(cost) + " µs an item")));
    double mostExpensive = Collections.max(micros.values());
    double cheapest = Collections.min(micros.values());
    figures.add(
        Figure.ratioAtMost(
            "dearest size",
            Figure.number(mostExpensive) + " µs an item",
            "cheapest size: " + Figure.number(cheapest) + " µs an item",
            mostExpensive / cheapest,
            MAX_RATIO));
    return figures;
  }

  /** Sizes and how often: the small ones are short and need more rounds. */
  private static Map<Integer, Integer> rounds(Settings settings) {
    Map<Integer, Integer> rounds = new TreeMap<>();
    rounds.put(settings.items() / 100, settings.quick() ? 5 : 21);
    rounds.put(settings.items() / 10, settings.quick() ? 3 : 7);
    rounds.put(settings.items(), settings.rounds(3));
    if (!settings.quick()) {
      rounds.put(settings.items() * 5, 1);
    }
    return rounds;
  }
}
