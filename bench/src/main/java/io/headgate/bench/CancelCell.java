package io.headgate.bench;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** The result of one product at one size: its rounds, or the reason why there are none. */
sealed interface CancelCell {

  CancelMethod method();

  /** The row of the table. */
  String row();

  /** The product could not be measured. */
  record NotMeasuredCell(CancelMethod method, String reason) implements CancelCell {
    @Override
    public String row() {
      return "| %s | %s | | | | | | | | | | |\n".formatted(method.name(), reason);
    }
  }

  /** At least one round. */
  record MeasuredCell(CancelMethod method, int jobs, Duration limit, List<CancelRound> rounds)
      implements CancelCell {

    public MeasuredCell {
      rounds = List.copyOf(rounds);
    }

    @Override
    public String row() {
      CancelRound last = rounds.getLast();
      return "| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |\n"
          .formatted(
              method.name(),
              time(last),
              count(round -> round.cost().rows()),
              count(round -> round.cost().dead()),
              bytes(),
              number(last.startedMeanwhile()),
              number(last.running()),
              last.finished() ? number(last.interrupted()) : "",
              last.finished() ? number(worst()) : "",
              number(last.started()),
              last.cancelled().reports(),
              last.finalState());
    }

    private String time(CancelRound last) {
      if (!last.finished()) {
        return "not finished in %s: %,d of %,d cancelled"
            .formatted(minutes(limit), last.cancelled().cancelled(), jobs);
      }
      double millis = Median.of(rounds.stream().map(CancelRound::millis).toList());
      String time =
          millis < 1_000 ? Figure.number(millis) + " ms" : Figure.number(millis / 1_000) + " s";
      return rounds.size() == CompareCancel.ROUNDS
          ? time
          : time + " (rounds: " + rounds.size() + ")";
    }

    private static String minutes(Duration limit) {
      return limit.toSeconds() % 60 == 0 ? limit.toMinutes() + " min" : limit.toSeconds() + " s";
    }

    private String count(ToLongFunction<CancelRound> figure) {
      return number(median(figure));
    }

    private static String number(long count) {
      return String.format(Locale.ROOT, "%,d", count);
    }

    /** The worst round counts, because no job may start after the response in any round. */
    private long worst() {
      return rounds.stream().mapToLong(CancelRound::startedAfter).max().orElseThrow();
    }

    private String bytes() {
      double kib = median(round -> round.cost().bytes()) / 1024.0;
      return kib < 1024 ? Figure.number(kib) + " KiB" : Figure.number(kib / 1024) + " MiB";
    }

    private long median(ToLongFunction<CancelRound> figure) {
      return rounds.stream()
          .sorted(Comparator.comparingLong(figure))
          .skip((rounds.size() - 1) / 2)
          .mapToLong(figure)
          .findFirst()
          .orElseThrow();
    }
  }
}
