package io.headgate.bench;

import io.headgate.client.NewBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many small batches of one account beside one large batch with as many items. */
final class SmallBatches implements Comparison {

  static final int ITEMS_PER_BATCH = 100;

  private static final int CLIENTS = 8;
  private static final double LEAST_OF_ONE_BATCH = 0.5;
  private static final int WARM_UP = 500_000;

  @Override
  public String name() {
    return "small-batches";
  }

  @Override
  public String question() {
    return "many small batches beside one large batch, alone and while 8 clients submit them";
  }

  @Override
  public List<Figure> run(Settings settings) throws Exception {
    int batches = settings.items() / ITEMS_PER_BATCH;
    List<Rate> oneDrains = new ArrayList<>();
    List<Rate> oneWhole = new ArrayList<>();
    List<Rate> manyDrain = new ArrayList<>();
    List<Rate> manyTogether = new ArrayList<>();
    try (BenchServer server = BenchServer.open(settings)) {
      DrainRun.run(server, Math.min(WARM_UP, settings.items()));
      drainAlone(server, batches / 10);
      for (int round = 0; round < settings.rounds(3); round++) {
        DrainRun one = DrainRun.run(server, settings.items());
        oneDrains.add(one.rate());
        oneWhole.add(Rate.of(one.items(), one.submitNanos() + one.drainNanos(), "items"));
        manyDrain.add(drainAlone(server, batches));
        manyTogether.add(submitAndDrainTogether(server, batches));
        Report.printLine(
            "  one batch %s; small batches %s, with their submits %s"
                .formatted(oneDrains.getLast(), manyDrain.getLast(), manyTogether.getLast()));
      }
    }
    String what = "%,d batches of %d items".formatted(batches, ITEMS_PER_BATCH);
    String other = "one batch of %,d".formatted(settings.items());
    return List.of(
        Figure.rates(
            what + ", drain",
            Rate.median(manyDrain),
            other,
            Rate.median(oneDrains),
            LEAST_OF_ONE_BATCH),
        Figure.rates(
            what + ", drained while %d clients submit them".formatted(CLIENTS),
            Rate.median(manyTogether),
            other + ", submit and drain",
            Rate.median(oneWhole),
            LEAST_OF_ONE_BATCH));
  }

  /** All are submitted first. */
  private static Rate drainAlone(BenchServer server, int batches) throws Exception {
    long items = (long) batches * ITEMS_PER_BATCH;
    long runs = server.noop().runs() + items;
    server.noop().closeGate();
    submitAll(server, batches);
    server.checkpoint();
    long start = System.nanoTime();
    server.noop().openGate();
    server.awaitDrained(runs);
    return Rate.of(items, System.nanoTime() - start, "items");
  }

  /** From the first submit to the end of the last batch. */
  private static Rate submitAndDrainTogether(BenchServer server, int batches) throws Exception {
    long items = (long) batches * ITEMS_PER_BATCH;
    long runs = server.noop().runs() + items;
    server.checkpoint();
    long start = System.nanoTime();
    submitAll(server, batches);
    server.awaitDrained(runs);
    return Rate.of(items, System.nanoTime() - start, "items");
  }

  private static void submitAll(BenchServer server, int batches) throws Exception {
    try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
      List<Future<?>> submits = new ArrayList<>();
      for (int i = 0; i < batches; i++) {
        submits.add(clients.submit(() -> server.client().submit(small())));
      }
      for (Future<?> submit : submits) {
        submit.get();
      }
    }
  }

  static NewBatch small() {
    NewBatch batch = NewBatch.of(NoopProcessor.NAME).timeout(Duration.ofHours(1));
    for (int i = 0; i < ITEMS_PER_BATCH; i++) {
      batch.item(Map.of("url", "http://example.com/pages/" + i));
    }
    return batch;
  }
}
