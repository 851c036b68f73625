package io.headgate.bench;

import io.headgate.bench.Contender.Cancelled;
import io.headgate.bench.Workload.Tally;
import io.headgate.bench.WrittenAheadLog.Cost;
import java.time.Duration;

/**
 * One cancel in one product. Jobs are queued and started. All pending jobs are cancelled while half
 * of the workers run long jobs and the others take further jobs. The round then waits until no job
 * starts any more, and lets the long jobs end.
 *
 * @param watched the counts when no job started any more, before the long jobs ended
 * @param left what the product has on record at the end
 */
record CancelRound(Cancelled cancelled, Cost cost, Tally watched, String left) {

  /** Longer than the poll interval of any product. */
  static final Duration STILL = Duration.ofSeconds(6);

  private static final Duration WATCH = Duration.ofSeconds(30);
  private static final Duration ON_RECORD = Duration.ofSeconds(2);

  static CancelRound run(House house, Entrant entrant, int jobs, Duration limit) throws Exception {
    try (Contender contender = entrant.opening().open(house)) {
      WrittenAheadLog log = new WrittenAheadLog(house.watch());
      contender.load(jobs);
      house.settleDisk();
      contender.start();
      Waiting.until("all workers run a job", () -> contender.tally().started() >= Workload.WORKERS);
      String from = log.now();
      Cancelled cancelled = contender.cancel(limit);
      Cost cost = log.between(from, log.now());
      Tally watched = watch(contender, cancelled);
      contender.release();
      return new CancelRound(cancelled, cost, watched, left(contender, cancelled));
    }
  }

  /** Jobs that start after a cancel that did not finish are not counted. */
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

  /** Jobs that started between the request and the response. */
  long meanwhile() {
    return cancelled.answered().started() - cancelled.before().started();
  }

  /** Jobs that started after the response. */
  long after() {
    return watched.started() - cancelled.answered().started();
  }

  /** Jobs that were running at the time of the response. */
  long running() {
    return cancelled.answered().running();
  }

  /** All jobs that started. */
  long started() {
    return watched.started();
  }

  /** Running jobs that received an interrupt or abort signal. */
  long told() {
    return watched.told();
  }
}
