package io.headgate.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Rounds of the server and of a rival, one after the other, so that both meet the same machine.
 * What else runs on it disturbs a round of each alike: the ratio is the median of the ratios of the
 * pairs, not the ratio of two medians.
 */
record Turns(List<Rate> served, List<Rate> bare) {

  /** A comparison of slow things on a slow machine makes do with fewer rounds. */
  private static final Duration ENOUGH = Duration.ofMinutes(3);

  private static final int FEWEST = 2;

  /** One side's work, once through. */
  interface Side {
    Rate run() throws Exception;
  }

  Turns {
    served = List.copyOf(served);
    bare = List.copyOf(bare);
  }

  /** A round of each to get warm, then {@code rounds} of them, or as many as there is time for. */
  static Turns take(String what, int rounds, Side server, Side rival) throws Exception {
    return take(what, 1, rounds, server, rival);
  }

  /**
   * The same after so many rounds to get warm: what is quick is compiled over many of its calls.
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
