package io.headgate.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Whether an item costs the same in a batch of any size. */
final class Flatness implements Comparison {

  private static final double MOST_APART = 1.2;
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
    try (House house = House.open(settings)) {
      FullSpeed.run(house, Math.min(WARM_UP, 2 * settings.items()));
      figures.addAll(bySize(house, settings));
    }
    return figures;
  }

  private static List<Figure> bySize(House house, Settings settings) throws Exception {
    Map<Integer, Double> micros = new TreeMap<>();
    for (Map.Entry<Integer, Integer> size : rounds(settings).entrySet()) {
      List<Double> costs = new ArrayList<>();
      for (int round = 0; round < size.getValue(); round++) {
        FullSpeed drained = FullSpeed.run(house, size.getKey());
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
    double dearest = Collections.max(micros.values());
    double cheapest = Collections.min(micros.values());
    figures.add(
        Figure.ratioAtMost(
            "dearest size",
            Figure.number(dearest) + " µs an item",
            "cheapest size: " + Figure.number(cheapest) + " µs an item",
            dearest / cheapest,
            MOST_APART));
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
