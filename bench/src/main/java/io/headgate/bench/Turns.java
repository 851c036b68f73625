package io.headgate.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Alternating rounds of the server and of a competitor. Other load on the machine affects both
 * rounds of a pair, so the ratio is the median of the ratios of the pairs, not the ratio of two
 * medians.
 */
record Turns(List<Rate> served, List<Rate> bare) {

  /** Time limit of the rounds: a slow machine runs fewer rounds. */
  private static final Duration ENOUGH = Duration.ofMinutes(3);

  private static final int FEWEST = 2;

  /** One round of one side. */
  interface Side {
    Rate run() throws Exception;
  }

  Turns {
    served = List.copyOf(served);
    bare = List.copyOf(bare);
  }

  /**
   * Runs one warm-up round of each side, then up to {@code rounds} rounds within the time limit.
   */
  static Turns take(String what, int rounds, Side server, Side rival) throws Exception {
    return take(what, 1, rounds, server, rival);
  }

  /**
   * Runs {@code warming} warm-up rounds of each side, then up to {@code rounds} rounds within the
   * time limit. Short rounds need more warm-up, because the JIT compiles after many calls.
   */
  static Turns take(String what, int warming, int rounds, Side server, Side rival)
      throws Exception {
    List<Rate> served = new ArrayList<>();
    List<Rate> bare = new ArrayList<>();
    for (int i = 0; i < warming; i++) {
      server.run();
      rival.run();
    }
    long enough = System.nanoTime() + ENOUGH.toNanos();
    while (served.size() < rounds && (served.size() < FEWEST || System.nanoTime() < enough)) {
      served.add(server.run());
      bare.add(rival.run());
      Report.say("  " + what + ": server " + served.getLast() + "; bare loop " + bare.getLast());
    }
    return new Turns(served, bare);
  }

  double ratio() {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < served.size(); i++) {
      ratios.add(served.get(i).perSecond() / bare.get(i).perSecond());
    }
    return Median.of(ratios);
  }

  /** The line of the report. */
  Figure figure(String what, String rival, double least) {
    return Figure.rates(
        what + ", median of " + served.size(),
        Rate.median(served),
        rival + ": " + Rate.median(bare),
        ratio(),
        least);
  }
}
