package io.headgate.bench;

import java.util.ArrayList;
import java.util.List;

/** Measures the time from the command to the line that reports the server ready. */
final class StartComparison implements Comparison {

  private static final int ROUNDS = 7;
  private static final double MAX_SECONDS = 4;

  @Override
  public String name() {
    return "start";
  }

  @Override
  public String question() {
    return "headgate serve, from the command to its ready line";
  }

  @Override
  public List<Figure> run(Settings settings) throws Exception {
    ServerProcess.prepare(settings);
    List<Double> seconds = new ArrayList<>();
    double first;
    try (TemporaryFolder folder = TemporaryFolder.in(settings.folder())) {
      first = once(settings, folder);
      for (int round = 0; round < settings.rounds(ROUNDS); round++) {
        seconds.add(once(settings, folder));
      }
    }
    return List.of(
        Figure.information("first start, on an empty data folder", Figure.number(first) + " s"),
        Figure.atMost(
            "later starts, median of " + seconds.size(), Median.of(seconds), "s", MAX_SECONDS),
        Figure.information(
            "later starts, slowest",
            Figure.number(seconds.stream().max(Double::compare).get()) + " s"));
  }

  private static double once(Settings settings, TemporaryFolder folder) throws Exception {
    try (ServerProcess server = ServerProcess.start(settings.launcher(), folder.path())) {
      return server.startSeconds();
    }
  }
}
