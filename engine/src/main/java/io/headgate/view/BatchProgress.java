package io.headgate.view;

import io.headgate.batch.Counts;
import io.headgate.view.BatchView.Status;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a batch.
 *
 * @param settled number of settled items
 * @param ratio 0 to 1
 * @param itemsPerSecond average rate of items that succeeded or failed, over the last minute or
 *     since the batch started, was resumed or was retried; for a finished batch, over its whole run
 * @param eta expected end at that rate, or at the rate of the whole run when no item ended in the
 *     last minute; null when it cannot be estimated
 */
public record BatchProgress(
    int settled, double ratio, double itemsPerSecond, @Nullable Instant eta) {

  /** An earlier number of succeeded and failed items, from which the rate is computed. */
  record Sample(Instant at, int settled) {}

  private static final Duration MIN_INTERVAL = Duration.ofSeconds(1);

  static BatchProgress of(Status status, Counts counts, @Nullable Sample before, Instant now) {
    double average = average(status, counts, now);
    double rate =
        before == null || status.finishedAt() != null ? average : since(before, counts, now);
    double expected = rate > 0 ? rate : average;
    int left = counts.pending() + counts.running();
    boolean advancing = !status.paused() && !status.state().finished() && !status.state().fenced();
    Instant eta =
        advancing && expected > 0 ? now.plusMillis(Math.round(left / expected * 1000)) : null;
    return new BatchProgress(
        counts.settled(), (double) counts.settled() / counts.total(), rounded(rate), eta);
  }

  /** The rate of the whole run. Cancelled items do not count, because most of them never ran. */
  private static double average(Status status, Counts counts, Instant now) {
    Instant started = status.startedAt();
    if (started == null) {
      return 0;
    }
    Instant end = status.finishedAt() == null ? now : status.finishedAt();
    long millis = Math.max(1, Duration.between(started, end).toMillis());
    return (counts.succeeded() + counts.failed()) * 1000.0 / millis;
  }

  private static double since(Sample before, Counts counts, Instant now) {
    long millis = Math.max(MIN_INTERVAL.toMillis(), Duration.between(before.at(), now).toMillis());
    return Math.max(0, counts.succeeded() + counts.failed() - before.settled()) * 1000.0 / millis;
  }

  private static double rounded(double rate) {
    return Math.round(rate * 10) / 10.0;
  }
}
