package io.headgate.bench;

import java.util.Locale;

/**
 * One line of the report.
 *
 * @param ratio the measured value divided by the compared value; empty when there is none
 * @param goal empty for a figure without a goal
 */
record Figure(
    String what, String measured, String comparedWith, String ratio, String goal, Verdict verdict) {

  enum Verdict {
    MET("met"),
    NOT_MET("NOT met"),
    FOR_INFORMATION("");

    private final String words;

    Verdict(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }

    static Verdict of(boolean met) {
      return met ? MET : NOT_MET;
    }
  }

  /** Compares a rate with another rate. */
  static Figure rates(String what, Rate measured, String competitor, Rate compared, double least) {
    double ratio = measured.perSecond() / compared.perSecond();
    return rates(what, measured, competitor + ": " + compared, ratio, least);
  }

  /** Compares rates whose ratio was computed pair by pair. */
  static Figure rates(String what, Rate measured, String comparedWith, double ratio, double least) {
    return new Figure(
        what,
        measured.toString(),
        comparedWith,
        ratio(ratio),
        "ratio at least " + number(least),
        Verdict.of(ratio >= least));
  }

  /** Checks that a value does not exceed a limit. */
  static Figure atMost(String what, double value, String unit, double most) {
    return new Figure(
        what,
        number(value) + " " + unit,
        "",
        "",
        "at most " + number(most) + " " + unit,
        Verdict.of(value <= most));
  }

  static Figure atLeast(String what, Rate rate, double least) {
    return new Figure(
        what,
        rate.toString(),
        "",
        "",
        "at least " + new Rate(least, rate.unit()),
        Verdict.of(rate.perSecond() >= least));
  }

  /** Checks that a ratio does not exceed a limit. */
  static Figure ratioAtMost(
      String what, String measured, String comparedWith, double ratio, double most) {
    return new Figure(
        what,
        measured,
        comparedWith,
        ratio(ratio),
        "ratio at most " + number(most),
        Verdict.of(ratio <= most));
  }

  /** A ratio that must reach a limit. */
  static Figure ratioAtLeast(
      String what, String measured, String comparedWith, double ratio, double least) {
    return new Figure(
        what,
        measured,
        comparedWith,
        ratio(ratio),
        "ratio at least " + number(least),
        Verdict.of(ratio >= least));
  }

  static Figure information(String what, String measured) {
    return new Figure(what, measured, "", "", "", Verdict.FOR_INFORMATION);
  }

  /** Formats three significant digits; further digits are noise. */
  static String number(double value) {
    if (value >= 100) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return withoutZeros(ratio(value));
  }

  static String ratio(double ratio) {
    return ratio >= 10
        ? String.format(Locale.ROOT, "%.1f", ratio)
        : String.format(Locale.ROOT, "%.2f", ratio);
  }

  private static String withoutZeros(String decimal) {
    return decimal.replaceAll("0+$", "").replaceAll("\\.$", "");
  }
}
