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
 * Submits batches continuously, a few at a time, and cancels every second one while it runs. The
 * duration of items keeps the load constant and low, so that the latencies depend on the server and
 * not on the speed of the machine.
 */
final class SoakLoad {

  private static final int ITEMS = 400;
  private static final int LIVE_BATCHES = 4;
  private static final String BATCH_FIELDS =
      """
      ,"retain_seconds":3600,"options":{"millis":20},"limits":{"backoff_seconds":0}\
      """;

  private final Cluster cluster;
  private final TestClient client;
  private final Deque<String> running = new ArrayDeque<>();
  private int submitted;

  SoakLoad(Cluster cluster) {
    this.cluster = cluster;
    this.client = cluster.client(0);
  }

  /**
   * Latencies of requests.
   *
   * @param submit median, in milliseconds
   * @param cancel median, in milliseconds
   */
  record Latencies(double submit, double cancel) {}

  /** Runs for the given time and until all batches have finished; returns the latencies. */
  Latencies run(Duration duration) {
    List<Double> submits = new ArrayList<>();
    List<Double> cancels = new ArrayList<>();
    long end = System.nanoTime() + duration.toNanos();
    do {
      long start = System.nanoTime();
      running.addLast(LiveServer.submit(client, RecordingProcessor.NAME, ITEMS, BATCH_FIELDS));
      submits.add((System.nanoTime() - start) / 1e6);
      submitted++;
      if (submitted % 2 == 0) {
        String mode = submitted % 4 == 0 ? "drain" : "interrupt";
        long cancel = System.nanoTime();
        client.post(
            "/v1/batches/" + running.getLast() + "/cancel", "{\"mode\":\"%s\"}".formatted(mode));
        cancels.add((System.nanoTime() - cancel) / 1e6);
      }
      if (running.size() >= LIVE_BATCHES) {
        cluster.awaitFinished(client, running.removeFirst());
      }
    } while (System.nanoTime() < end || cancels.isEmpty());
    running.forEach(batch -> cluster.awaitFinished(client, batch));
    running.clear();
    return new Latencies(median(submits), median(cancels));
  }

  static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }
}
