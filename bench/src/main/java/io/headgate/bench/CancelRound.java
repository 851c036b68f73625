package io.headgate.bench;

import io.headgate.bench.Competitor.CancelResult;
import io.headgate.bench.Workload.Tally;
import io.headgate.bench.WriteAheadLog.WriteCost;
import java.time.Duration;

/**
 * One cancel in one product. Jobs are queued and started. All pending jobs are cancelled while half
 * of the workers run long jobs and the others take further jobs. The round then waits until no job
 * starts any more, and lets the long jobs end.
 *
 * @param finalTally the counts when no job started any more, before the long jobs ended
 * @param finalState what the product has on record at the end
 */
record CancelRound(CancelResult cancelled, WriteCost cost, Tally finalTally, String finalState) {

  /** Longer than the poll interval of any product. */
  static final Duration QUIET_PERIOD = Duration.ofSeconds(6);

  private static final Duration MAX_WATCH = Duration.ofSeconds(30);
  private static final Duration RECORD_QUIET_PERIOD = Duration.ofSeconds(2);

  static CancelRound run(BenchServer server, CancelMethod method, int jobs, Duration limit)
      throws Exception {
    try (Competitor competitor = method.factory().open(server)) {
      WriteAheadLog log = new WriteAheadLog(server.statistics());
      competitor.load(jobs);
      server.checkpoint();
      competitor.start();
      Polling.until(
          "all workers run a job", () -> competitor.tally().started() >= Workload.WORKERS);
      String from = log.now();
      CancelResult cancelled = competitor.cancel(limit);
      WriteCost cost = log.between(from, log.now());
      Tally finalTally = watch(competitor, cancelled);
      competitor.release();
      return new CancelRound(cancelled, cost, finalTally, finalState(competitor, cancelled));
    }
  }

  /** Jobs that start after a cancel that did not finish are not counted. */
  private static Tally watch(Competitor competitor, CancelResult cancelled) throws Exception {
    if (cancelled.finished()) {
      Polling.untilStable(() -> competitor.tally().started(), QUIET_PERIOD, MAX_WATCH);
    }
    return competitor.tally();
  }

  private static String finalState(Competitor competitor, CancelResult cancelled) throws Exception {
    if (!cancelled.finished()) {
      return competitor.finalState();
    }
    Polling.until("the long jobs have ended", () -> competitor.tally().running() == 0);
    return Polling.untilStable(competitor::finalState, RECORD_QUIET_PERIOD, MAX_WATCH);
  }

  double millis() {
    return cancelled.millis();
  }

  boolean finished() {
    return cancelled.finished();
  }

  /** Jobs that started between the request and the response. */
  long startedMeanwhile() {
    return cancelled.after().started() - cancelled.before().started();
  }

  /** Jobs that started after the response. */
  long startedAfter() {
    return finalTally.started() - cancelled.after().started();
  }

  /** Jobs that were running at the time of the response. */
  long running() {
    return cancelled.after().running();
  }

  /** All jobs that started. */
  long started() {
    return finalTally.started();
  }

  /** Running jobs that received an interrupt or abort signal. */
  long interrupted() {
    return finalTally.interrupted();
  }
}
