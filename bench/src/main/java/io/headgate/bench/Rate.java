package io.headgate.bench;

import java.util.List;

/** A rate per second. */
record Rate(double perSecond, String unit) {

  /** The median of several rounds. */
  static Rate median(List<Rate> rounds) {
    return new Rate(
        Median.of(rounds.stream().map(Rate::perSecond).toList()), rounds.getFirst().unit());
  }

  static Rate of(long count, long nanos, String unit) {
    return new Rate(count / (nanos / 1e9), unit);
  }

  @Override
  public String toString() {
    return Figure.number(perSecond) + " " + unit + "/s";
  }
}
