package io.headgate.view;

import io.headgate.batch.ItemState;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Computes the counters and credits of a test's batch from its rows. */
final class BatchSums {

  private final BatchRowsBuilder batch;
  final int running;
  final int succeeded;
  final int failed;
  final int cancelled;
  final int pending;
  final long reserved;
  final long charged;
  final long refunded;

  BatchSums(BatchRowsBuilder batch) {
    this.batch = batch;
    running = batch.running().size();
    succeeded = current(ItemState.SUCCEEDED, r -> true);
    failed = current(ItemState.FAILED, r -> true);
    int cancelledSingly = current(ItemState.CANCELLED, r -> true);
    int waiting = batch.total - running - succeeded - failed - cancelledSingly;
    pending = batch.fence == null ? waiting : 0;
    cancelled = batch.fence == null ? cancelledSingly : cancelledSingly + waiting;
    // Each retried failure was refunded and then reserved again.
    long retriedFailures = batch.results.stream().filter(this::superseded).filter(r -> r.finalRow()).count();
    reserved = batch.price * (batch.total + retriedFailures);
    charged = finished() ? batch.price * succeeded : 0;
    refunded =
        batch.price * retriedFailures + (finished() ? batch.price * (failed + cancelled) : stoppedCredits());
  }

  private long stoppedCredits() {
    return batch.fence == null ? 0 : batch.price * stopped(batch.fence);
  }

  boolean finished() {
    return pending + running == 0;
  }

  String state() {
    if (batch.fence != null) {
      return running > 0 ? "cancelling" : "cancelled";
    }
    if (!finished()) {
      return batch.results.isEmpty() && running == 0 ? "pending" : "running";
    }
    if (failed == 0) {
      return "completed";
    }
    return succeeded == 0 ? "failed" : "partial";
  }

  long epoch() {
    LongStream results = batch.results.stream().mapToLong(BatchRowsBuilder.TestResultRow::epoch);
    LongStream claims = batch.claims.stream().mapToLong(BatchRowsBuilder.TestClaimRow::epoch);
    long fence = batch.fence == null ? 1 : batch.fence;
    return Stream.of(results, claims, LongStream.of(fence))
        .flatMapToLong(s -> s)
        .max()
        .orElseThrow();
  }

  int settledBefore(ItemState outcome, long fence) {
    return current(outcome, r -> r.epoch() < fence);
  }

  int runningAt(long fence) {
    long settled =
        batch.results.stream()
            .filter(r -> r.claimEpoch() != null && r.claimEpoch() < fence && r.epoch() > fence)
            .count();
    return running + (int) settled;
  }

  int stopped(long fence) {
    return batch.total
        - runningAt(fence)
        - settledBefore(ItemState.SUCCEEDED, fence)
        - settledBefore(ItemState.FAILED, fence)
        - settledBefore(ItemState.CANCELLED, fence);
  }

  private int current(ItemState outcome, Predicate<BatchRowsBuilder.TestResultRow> when) {
    return (int)
        batch.results.stream()
            .filter(r -> r.finalRow() && r.outcome() == outcome && !superseded(r))
            .filter(when)
            .count();
  }

  private boolean superseded(BatchRowsBuilder.TestResultRow row) {
    return batch.retried
        && (batch.results.stream()
                .anyMatch(r -> r.ordinal() == row.ordinal() && r.attempt() > row.attempt())
            || batch.deferred.stream().anyMatch(d -> d.ordinal() == row.ordinal())
            || batch.running().contains(row.ordinal()));
  }
}
