package io.headgate.faults;

import io.headgate.LiveServer;
import io.headgate.http.TestClient;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/**
 * Batches without end, a few at a time; every second one is cancelled while it runs. What an item
 * takes keeps the load steady and well below what a machine can do: the latencies are then those of
 * the house, and an hour here is an hour of the same work elsewhere.
 */
final class SoakLoad {

  private static final int ITEMS = 400;
  private static final int LIVE_BATCHES = 4;
  private static final String MORE =
      """
      ,"retain_seconds":3600,"options":{"millis":20},"limits":{"backoff_seconds":0}\
      """;

  private final Cluster cluster;
  private final TestClient client;
  private final Deque<String> live = new ArrayDeque<>();
  private int submitted;

  SoakLoad(Cluster cluster) {
    this.cluster = cluster;
    this.client = cluster.client(0);
  }

  /**
   * How long calls took.
   *
   * @param submit median, in milliseconds
   * @param cancel median, in milliseconds
   */
  record Latencies(double submit, double cancel) {}

  /** Plays for so long and until all has ended; answers how quick the house was. */
  Latencies play(Duration time) {
    List<Double> submits = new ArrayList<>();
    List<Double> cancels = new ArrayList<>();
    long end = System.nanoTime() + time.toNanos();
    do {
      long start = System.nanoTime();
      live.addLast(LiveServer.submit(client, ChronicleProcessor.NAME, ITEMS, MORE));
      submits.add((System.nanoTime() - start) / 1e6);
      submitted++;
      if (submitted % 2 == 0) {
        String mode = submitted % 4 == 0 ? "drain" : "interrupt";
        long cancel = System.nanoTime();
        client.post(
            "/v1/batches/" + live.getLast() + "/cancel", "{\"mode\":\"%s\"}".formatted(mode));
        cancels.add((System.nanoTime() - cancel) / 1e6);
      }
      if (live.size() >= LIVE_BATCHES) {
        cluster.end(client, live.removeFirst());
      }
    } while (System.nanoTime() < end || cancels.isEmpty());
    live.forEach(batch -> cluster.end(client, batch));
    live.clear();
    return new Latencies(median(submits), median(cancels));
  }

  static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }
}
