package io.headgate.bench;

import io.headgate.client.NewBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Whether an item costs the same in a batch of any size. */
final class Flatness implements Comparison {

  private static final double MOST_APART = 1.2;
  private static final double LEAST_OF_ONE_BATCH = 0.5;
  private static final int ITEMS_OF_MANY = 100;
  private static final int CLIENTS = 8;
  private static final int WARM_UP = 1_500_000;

  @Override
  public String name() {
    return "flatness";
  }

  @Override
  public String question() {
    return "the cost of an item, submit and drain, in batches of any size; many small batches";
  }

  @Override
  public List<Figure> run(Settings settings) throws Exception {
    List<Figure> figures = new ArrayList<>();
    try (House house = House.open(settings)) {
      FullSpeed.run(house, Math.min(WARM_UP, 2 * settings.items()));
      figures.addAll(bySize(house, settings));
    }
    try (House house = House.open(settings)) {
      FullSpeed.run(house, Math.min(WARM_UP, 2 * settings.items()));
      figures.addAll(manySmall(house, settings));
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

  private static List<Figure> manySmall(House house, Settings settings) throws Exception {
    int batches = settings.items() / ITEMS_OF_MANY;
    List<Rate> oneDrains = new ArrayList<>();
    List<Rate> oneWhole = new ArrayList<>();
    List<Rate> manyDrain = new ArrayList<>();
    List<Rate> manyWhole = new ArrayList<>();
    for (int round = 0; round < settings.rounds(3); round++) {
      FullSpeed one = FullSpeed.run(house, settings.items());
      oneDrains.add(one.rate());
      oneWhole.add(Rate.of(one.items(), one.submitNanos() + one.drainNanos(), "items"));
      FullSpeed many = many(house, batches);
      manyDrain.add(many.rate());
      manyWhole.add(Rate.of(many.items(), many.submitNanos() + many.drainNanos(), "items"));
    }
    String what = "%,d batches of %d items".formatted(batches, ITEMS_OF_MANY);
    String rival = "one batch of %,d".formatted(settings.items());
    return List.of(
        Figure.rates(
            what + ", drain",
            Rate.median(manyDrain),
            rival,
            Rate.median(oneDrains),
            LEAST_OF_ONE_BATCH),
        Figure.rates(
            what + ", submit and drain",
            Rate.median(manyWhole),
            rival,
            Rate.median(oneWhole),
            LEAST_OF_ONE_BATCH));
  }

  /** Many batches through several clients at once, then all drained together. */
  private static FullSpeed many(House house, int batches) throws Exception {
    int items = batches * ITEMS_OF_MANY;
    Noop noop = house.noop();
    long runs = noop.runs() + items;
    noop.closeGate();
    house.settleDisk();
    long submitting = System.nanoTime();
    submitAll(house, batches);
    long submitNanos = System.nanoTime() - submitting;
    house.settleDisk();
    long draining = System.nanoTime();
    noop.openGate();
    house.awaitDrained(runs);
    long drainNanos = System.nanoTime() - draining;
    return new FullSpeed("", items, batches, submitNanos, drainNanos);
  }

  private static void submitAll(House house, int batches) throws Exception {
    try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
      List<Future<?>> submits = new ArrayList<>();
      for (int i = 0; i < batches; i++) {
        submits.add(clients.submit(() -> house.client().submit(small())));
      }
      for (Future<?> submit : submits) {
        submit.get();
      }
    }
  }

  private static NewBatch small() {
    NewBatch batch = NewBatch.of(Noop.NAME).timeout(Duration.ofHours(1));
    for (int i = 0; i < ITEMS_OF_MANY; i++) {
      batch.item(Map.of("url", "http://example.com/pages/" + i));
    }
    return batch;
  }
}
