package io.headgate.view;

import io.headgate.batch.Counts;
import io.headgate.view.BatchView.Status;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a batch is.
 *
 * @param settled items
 * @param ratio 0 to 1
 * @param itemsPerSecond items that ran to an end, on average since the batch started
 * @param eta when the last item will settle at that rate; null when nobody can say
 */
public record Progress(int settled, double ratio, double itemsPerSecond, @Nullable Instant eta) {

  static Progress of(Status status, Counts counts, Instant now) {
    double rate = rate(status, counts, now);
    int left = counts.pending() + counts.running();
    boolean moving = !status.paused() && !status.state().finished() && !status.state().fenced();
    Instant eta = moving && rate > 0 ? now.plusMillis(Math.round(left / rate * 1000)) : null;
    return new Progress(
        counts.settled(), (double) counts.settled() / counts.total(), rounded(rate), eta);
  }

  /** Items cancelled without having run would make any batch look fast. */
  private static double rate(Status status, Counts counts, Instant now) {
    Instant started = status.startedAt();
    if (started == null) {
      return 0;
    }
    Instant end = status.finishedAt() == null ? now : status.finishedAt();
    long millis = Math.max(1, Duration.between(started, end).toMillis());
    return (counts.succeeded() + counts.failed()) * 1000.0 / millis;
  }

  private static double rounded(double rate) {
    return Math.round(rate * 10) / 10.0;
  }
}
