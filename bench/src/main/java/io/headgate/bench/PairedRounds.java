package io.headgate.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Alternating rounds of the server and of a competitor. Other load on the machine affects both
 * rounds of a pair, so the ratio is the median of the ratios of the pairs, not the ratio of two
 * medians.
 */
record PairedRounds(List<Rate> serverRates, List<Rate> competitorRates) {

  /** Time limit of the rounds: a slow machine runs fewer rounds. */
  private static final Duration TIME_LIMIT = Duration.ofMinutes(3);

  private static final int MIN_ROUNDS = 2;

  /** One round of one side. */
  interface Round {
    Rate run() throws Exception;
  }

  PairedRounds {
    serverRates = List.copyOf(serverRates);
    competitorRates = List.copyOf(competitorRates);
  }

  /**
   * Runs one warm-up round of each side, then up to {@code rounds} rounds within the time limit.
   */
  static PairedRounds run(String what, int rounds, Round server, Round competitor)
      throws Exception {
    return run(what, 1, rounds, server, competitor);
  }

  /**
   * Runs {@code warmUpRounds} warm-up rounds of each side, then up to {@code rounds} rounds within
   * the time limit. Short rounds need more warm-up, because the JIT compiles after many calls.
   */
  static PairedRounds run(String what, int warmUpRounds, int rounds, Round server, Round competitor)
      throws Exception {
    List<Rate> serverRates = new ArrayList<>();
    List<Rate> competitorRates = new ArrayList<>();
    for (int i = 0; i < warmUpRounds; i++) {
      server.run();
      competitor.run();
    }
    long end = System.nanoTime() + TIME_LIMIT.toNanos();
    while (serverRates.size() < rounds
        && (serverRates.size() < MIN_ROUNDS || System.nanoTime() < end)) {
      serverRates.add(server.run());
      competitorRates.add(competitor.run());
      Report.printLine(
          "  "
              + what
              + ": server "
              + serverRates.getLast()
              + "; bare loop "
              + competitorRates.getLast());
    }
    return new PairedRounds(serverRates, competitorRates);
  }

  double ratio() {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < serverRates.size(); i++) {
      ratios.add(serverRates.get(i).perSecond() / competitorRates.get(i).perSecond());
    }
    return Median.of(ratios);
  }

  /** The line of the report. */
  Figure figure(String what, String competitor, double least) {
    return Figure.rates(
        what + ", median of " + serverRates.size(),
        Rate.median(serverRates),
        competitor + ": " + Rate.median(competitorRates),
        ratio(),
        least);
  }
}
