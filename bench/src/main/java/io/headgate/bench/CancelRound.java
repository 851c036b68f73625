package io.headgate.bench;

import io.headgate.bench.Contender.Cancelled;
import io.headgate.bench.Workload.Tally;
import io.headgate.bench.WrittenAheadLog.Cost;
import java.time.Duration;

/**
 * One cancel of one contender: jobs are queued and run, all that is pending is cancelled while half
 * of the workers hold long jobs and the others look for more, then it is watched until nothing
 * starts any more, and then the long jobs are let go.
 *
 * @param watched the jobs once nothing started any more, before the long ones were let go
 * @param left what is on record when all is over
 */
record CancelRound(Cancelled cancelled, Cost cost, Tally watched, String left) {

  /** Longer than any contender's poll interval. */
  static final Duration STILL = Duration.ofSeconds(6);

  private static final Duration WATCH = Duration.ofSeconds(30);
  private static final Duration ON_RECORD = Duration.ofSeconds(2);

  static CancelRound run(House house, Entrant entrant, int jobs, Duration limit) throws Exception {
    try (Contender contender = entrant.opening().open(house)) {
      WrittenAheadLog log = new WrittenAheadLog(house.watch());
      contender.load(jobs);
      house.settleDisk();
      contender.start();
      Waiting.until(
          "more than the long jobs have started",
          () -> contender.tally().started() >= Workload.WORKERS);
      String from = log.now();
      Cancelled cancelled = contender.cancel(limit);
      Cost cost = log.between(from, log.now());
      Tally watched = watch(contender, cancelled);
      contender.release();
      return new CancelRound(cancelled, cost, watched, left(contender, cancelled));
    }
  }

  /** What goes on after a cancel that was given up is no finding. */
  private static Tally watch(Contender contender, Cancelled cancelled) throws Exception {
    if (cancelled.finished()) {
      Waiting.untilStill(() -> contender.tally().started(), STILL, WATCH);
    }
    return contender.tally();
  }

  private static String left(Contender contender, Cancelled cancelled) throws Exception {
    if (!cancelled.finished()) {
      return contender.left();
    }
    Waiting.until("the long jobs have ended", () -> contender.tally().running() == 0);
    return Waiting.untilStill(contender::left, ON_RECORD, WATCH);
  }

  double millis() {
    return cancelled.millis();
  }

  boolean finished() {
    return cancelled.finished();
  }

  /** Jobs that started between the request and its answer. */
  long meanwhile() {
    return cancelled.answered().started() - cancelled.before().started();
  }

  long after() {
    return watched.started() - cancelled.answered().started();
  }

  /** Jobs that ran when the cancel was answered. */
  long running() {
    return cancelled.answered().running();
  }

  /** Jobs that ever started. */
  long started() {
    return watched.started();
  }

  long told() {
    return watched.told();
  }
}
