package io.headgate.node;

import io.headgate.batch.AttemptResult;
import java.time.Duration;
import java.util.List;

/**
 * The request of a remote worker in one exchange.
 *
 * @param worker its name, unique among the workers of its account
 * @param processor whose items it runs
 * @param slots items it runs at once, including those that run already
 * @param maxWait how long to wait when there is nothing to return
 * @param ended attempts that have ended
 * @param reports progress of running attempts
 */
public record WorkerRequest(
    String worker,
    String processor,
    int slots,
    Duration maxWait,
    List<WorkerAttemptEnd> ended,
    List<AttemptProgress> reports) {

  public WorkerRequest {
    ended = List.copyOf(ended);
    reports = List.copyOf(reports);
  }

  /** The progress of one running attempt. */
  public record AttemptProgress(long token, int ordinal, Node.ItemProgress progress) {}

  /**
   * One attempt that ended.
   *
   * @param token of its claim
   */
  public record WorkerAttemptEnd(long token, int ordinal, AttemptResult result) {}
}
