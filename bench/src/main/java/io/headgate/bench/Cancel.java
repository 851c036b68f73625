package io.headgate.bench;

import io.headgate.client.CancelRequest;
import io.headgate.client.Receipt;
import java.util.ArrayList;
import java.util.List;

/** How long a cancel takes, over HTTP, whatever the size and whatever else goes on. */
final class Cancel implements Comparison {

  private static final int SMALL = 1_000;
  private static final int ROUNDS = 15;
  private static final int WARM_UP = 20;
  private static final double MOST_OF_SMALL = 1.5;
  private static final int BYSTANDERS = 300;
  private static final int LIVE_VICTIMS = 100;
  private static final int LIVE_VICTIM_ITEMS = 20_000;
  private static final double MOST_MILLIS_UNDER_LOAD = 25;
  private static final double MOST_MEDIAN_MILLIS = 8;

  @Override
  public String name() {
    return "cancel";
  }

  @Override
  public String question() {
    return "the answer to a cancel: small and large batches, then while the engine is busy";
  }

  @Override
  public List<Figure> run(Settings settings) throws Exception {
    List<Figure> figures = new ArrayList<>();
    try (House house = House.open(settings)) {
      figures.add(bySize(house, settings));
      underLoad(house, settings, figures);
    }
    return figures;
  }

  private static Figure bySize(House house, Settings settings) throws Exception {
    byte[] few = Items.plain(SMALL);
    byte[] many = Items.plain(settings.items());
    List<Double> small = new ArrayList<>();
    List<Double> large = new ArrayList<>();
    for (int i = 0; i < WARM_UP; i++) {
      cancelWaiting(house, few, SMALL);
    }
    for (int round = 0; round < ROUNDS; round++) {
      large.add(cancelWaiting(house, many, settings.items()));
      small.add(cancelWaiting(house, few, SMALL));
    }
    double largeMillis = Median.of(large);
    double smallMillis = Median.of(small);
    return Figure.ratioAtMost(
        "cancel of %,d pending, median of %d".formatted(settings.items(), ROUNDS),
        Figure.number(largeMillis) + " ms",
        "%,d pending: %s ms".formatted(SMALL, Figure.number(smallMillis)),
        largeMillis / smallMillis,
        MOST_OF_SMALL);
  }

  /** Submits, lets the disk come to rest, cancels; answers the milliseconds of the cancel. */
  private static double cancelWaiting(House house, byte[] lines, int items) throws Exception {
    String id = house.submitWaiting(lines).id();
    house.settleDisk();
    Timed cancel = cancel(house, id);
    if (cancel.receipt().counts().stopped() != items) {
      throw new IllegalStateException("not all were stopped: " + cancel.receipt().counts());
    }
    return cancel.millis();
  }

  private record Timed(Receipt receipt, double millis) {}

  private static Timed cancel(House house, String id) {
    long start = System.nanoTime();
    Receipt receipt = house.client().cancel(id, CancelRequest.drain()).value();
    return new Timed(receipt, (System.nanoTime() - start) / 1e6);
  }

  private static void underLoad(House house, Settings settings, List<Figure> figures)
      throws Exception {
    byte[] few = Items.plain(SMALL);
    byte[] more = Items.plain(LIVE_VICTIM_ITEMS);
    List<Double> bystanders = new ArrayList<>();
    List<Double> victims = new ArrayList<>();
    try (Load load = Load.start(house)) {
      long before = load.settled();
      long start = System.nanoTime();
      for (int i = 0; i < settings.scaled(BYSTANDERS, 100); i++) {
        bystanders.add(cancel(house, house.submitWaiting(few).id()).millis());
        load.check();
      }
      Rate pace = Rate.of(load.settled() - before, System.nanoTime() - start, "items");
      for (int i = 0; i < settings.scaled(LIVE_VICTIMS, 30); i++) {
        victims.add(cancel(house, house.submit(more).id()).millis());
        load.check();
      }
      figures.add(
          Figure.atMost(
              "cancel while other batches drain at %s, p99 of %d"
                  .formatted(pace, bystanders.size()),
              Median.percentile99(bystanders),
              "ms",
              MOST_MILLIS_UNDER_LOAD));
    }
    figures.add(Figure.atMost("the same, median", Median.of(bystanders), "ms", MOST_MEDIAN_MILLIS));
    figures.add(
        Figure.atMost(
            "cancel of a batch that drains beside others, p99 of " + victims.size(),
            Median.percentile99(victims),
            "ms",
            MOST_MILLIS_UNDER_LOAD));
    figures.add(Figure.atMost("the same, median", Median.of(victims), "ms", MOST_MEDIAN_MILLIS));
  }
}
