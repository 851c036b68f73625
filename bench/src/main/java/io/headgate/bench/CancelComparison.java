package io.headgate.bench;

import io.headgate.client.CancelRequest;
import io.headgate.client.Receipt;
import java.util.ArrayList;
import java.util.List;

/** Measures the duration of a cancel over HTTP, for all sizes and under load. */
final class CancelComparison implements Comparison {

  private static final int SMALL = 1_000;
  private static final int ROUNDS = 15;
  private static final int WARM_UP = 20;
  private static final double MAX_OF_SMALL = 1.5;
  private static final int WAITING_BATCHES = 300;
  private static final int DRAINING_BATCHES = 100;
  private static final int DRAINING_BATCH_ITEMS = 20_000;
  private static final double MAX_MILLIS_UNDER_LOAD = 25;
  private static final double MOST_MEDIAN_MILLIS = 8;

  @Override
  public String name() {
    return "cancel";
  }

  @Override
  public String question() {
    return "the response to a cancel: small and large batches, then while the engine is busy";
  }

  @Override
  public List<Figure> run(Settings settings) throws Exception {
    List<Figure> figures = new ArrayList<>();
    try (BenchServer server = BenchServer.open(settings)) {
      figures.add(bySize(server, settings));
      underLoad(server, settings, figures);
    }
    return figures;
  }

  private static Figure bySize(BenchServer server, Settings settings) throws Exception {
    byte[] few = Items.plain(SMALL);
    byte[] many = Items.plain(settings.items());
    List<Double> small = new ArrayList<>();
    List<Double> large = new ArrayList<>();
    for (int i = 0; i < WARM_UP; i++) {
      cancelWaiting(server, few, SMALL);
    }
    for (int round = 0; round < ROUNDS; round++) {
      large.add(cancelWaiting(server, many, settings.items()));
      small.add(cancelWaiting(server, few, SMALL));
    }
    double largeMillis = Median.of(large);
    double smallMillis = Median.of(small);
    return Figure.ratioAtMost(
        "cancel of %,d pending, median of %d".formatted(settings.items(), ROUNDS),
        Figure.number(largeMillis) + " ms",
        "%,d pending: %s ms".formatted(SMALL, Figure.number(smallMillis)),
        largeMillis / smallMillis,
        MAX_OF_SMALL);
  }

  /** Submits, runs a checkpoint, cancels; returns the duration of the cancel in milliseconds. */
  private static double cancelWaiting(BenchServer server, byte[] lines, int items)
      throws Exception {
    String id = server.submitWaiting(lines).id();
    server.checkpoint();
    TimedCancel cancel = cancel(server, id);
    if (cancel.receipt().counts().stopped() != items) {
      throw new IllegalStateException("not all were stopped: " + cancel.receipt().counts());
    }
    return cancel.millis();
  }

  private record TimedCancel(Receipt receipt, double millis) {}

  private static TimedCancel cancel(BenchServer server, String id) {
    long start = System.nanoTime();
    Receipt receipt = server.client().cancel(id, CancelRequest.drain()).value();
    return new TimedCancel(receipt, (System.nanoTime() - start) / 1e6);
  }

  private static void underLoad(BenchServer server, Settings settings, List<Figure> figures)
      throws Exception {
    byte[] few = Items.plain(SMALL);
    byte[] more = Items.plain(DRAINING_BATCH_ITEMS);
    List<Double> waitingMillis = new ArrayList<>();
    List<Double> drainingMillis = new ArrayList<>();
    try (BackgroundLoad load = BackgroundLoad.start(server)) {
      long before = load.settled();
      long start = System.nanoTime();
      for (int i = 0; i < settings.scaled(WAITING_BATCHES, 100); i++) {
        waitingMillis.add(cancel(server, server.submitWaiting(few).id()).millis());
        load.check();
      }
      Rate pace = Rate.of(load.settled() - before, System.nanoTime() - start, "items");
      for (int i = 0; i < settings.scaled(DRAINING_BATCHES, 30); i++) {
        drainingMillis.add(cancel(server, server.submit(more).id()).millis());
        load.check();
      }
      figures.add(
          Figure.atMost(
              "cancel while other batches drain at %s, p99 of %d"
                  .formatted(pace, waitingMillis.size()),
              Median.percentile99(waitingMillis),
              "ms",
              MAX_MILLIS_UNDER_LOAD));
    }
    figures.add(
        Figure.atMost("the same, median", Median.of(waitingMillis), "ms", MOST_MEDIAN_MILLIS));
    figures.add(
        Figure.atMost(
            "cancel of a batch that drains beside others, p99 of " + drainingMillis.size(),
            Median.percentile99(drainingMillis),
            "ms",
            MAX_MILLIS_UNDER_LOAD));
    figures.add(
        Figure.atMost("the same, median", Median.of(drainingMillis), "ms", MOST_MEDIAN_MILLIS));
  }
}
