package io.headgate.bench;

import io.headgate.client.Batch;
import io.headgate.client.NewBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Measures how soon a batch of one item starts on an idle server. */
final class LatencyComparison implements Comparison {

  private static final int WARM_UP = 100;
  private static final int ROUNDS = 300;
  private static final double MAX_MILLIS = 10;

  @Override
  public String name() {
    return "latency";
  }

  @Override
  public String question() {
    return "a one-item batch on an idle server, from before the submit to inside the processor";
  }

  @Override
  public List<Figure> run(Settings settings) throws Exception {
    List<Double> millis = new ArrayList<>();
    try (BenchServer server = BenchServer.open(settings)) {
      int rounds = WARM_UP + (settings.quick() ? WARM_UP : ROUNDS);
      for (int round = 0; round < rounds; round++) {
        double latency = once(server);
        if (round >= WARM_UP) {
          millis.add(latency);
        }
      }
    }
    return List.of(
        Figure.atMost(
            "submit to started, median of " + millis.size(), Median.of(millis), "ms", MAX_MILLIS),
        Figure.information(
            "submit to started, p99", Figure.number(Median.percentile99(millis)) + " ms"));
  }

  private static double once(BenchServer server) throws Exception {
    long runs = server.noop().runs() + 1;
    NewBatch batch = NewBatch.of(NoopProcessor.NAME).item(Map.of("n", runs));
    long submitted = System.nanoTime();
    Batch ignored = server.client().submit(batch).value();
    server.awaitDrained(runs);
    return (server.noop().lastStart() - submitted) / 1e6;
  }
}
