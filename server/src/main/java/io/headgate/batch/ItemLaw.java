package io.headgate.batch;

import java.time.Duration;

/** The lifecycle of items: what follows when an attempt ends. Pure. */
public final class ItemLaw {

  /** An item whose nodes died this many times is not tried again. */
  public static final int MAX_LOSSES = 5;

  private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);

  /**
   * The item before the attempt ended.
   *
   * @param failures failed attempts before this one
   * @param losses attempts lost with their node before this one
   * @param fenced its batch was cancelled
   * @param interrupted it was interrupted singly
   */
  public record Standing(int failures, int losses, boolean fenced, boolean interrupted) {

    boolean stopping() {
      return fenced || interrupted;
    }
  }

  /** What follows. */
  public sealed interface Verdict {

    /** The item is settled for good. */
    record Settle(ItemState state, String code, String message) implements Verdict {}

    /**
     * The item waits for another attempt.
     *
     * @param delay before jitter
     * @param code why this attempt ended; empty when no result is stored
     */
    record Wait(Duration delay, int failures, int losses, String code, String message)
        implements Verdict {}
  }

  private ItemLaw() {}

  public static Verdict after(Ending ending, Standing at, Limits limits) {
    return switch (ending) {
      case Ending.Succeeded ignored -> new Verdict.Settle(ItemState.SUCCEEDED, "", "");
      case Ending.Failed failed -> failed(failed, at, limits);
      case Ending.Interrupted() ->
          at.stopping() ? cancelled("interrupted", "stopped by a cancel") : again(at);
      case Ending.Abandoned() ->
          at.stopping()
              ? cancelled("abandoned", "did not stop within the grace period")
              : again(at);
      case Ending.HandedBack() ->
          at.stopping() ? cancelled("interrupted", "its node was stopped") : again(at);
      case Ending.Unbegun(String code, String message) ->
          at.stopping() ? new Verdict.Settle(ItemState.FAILED, code, message) : again(at);
      case Ending.Lost() -> lost(at);
    };
  }

  private static Verdict failed(Ending.Failed failed, Standing at, Limits limits) {
    int failures = at.failures() + 1;
    boolean last = !failed.passing() || failures >= limits.maxAttempts() || at.stopping();
    return last
        ? new Verdict.Settle(ItemState.FAILED, failed.code(), failed.message())
        : new Verdict.Wait(
            wait(failed, failures, limits), failures, at.losses(), failed.code(), failed.message());
  }

  private static Verdict lost(Standing at) {
    if (at.stopping()) {
      return cancelled("node-lost", "its node died while the item ran");
    }
    int losses = at.losses() + 1;
    return losses >= MAX_LOSSES
        ? new Verdict.Settle(
            ItemState.FAILED, "node-lost", "its node died " + losses + " times in a row")
        : new Verdict.Wait(
            Duration.ZERO, at.failures(), losses, "node-lost", "its node died while the item ran");
  }

  private static Verdict again(Standing at) {
    return new Verdict.Wait(Duration.ZERO, at.failures(), at.losses(), "", "");
  }

  private static Verdict cancelled(String code, String message) {
    return new Verdict.Settle(ItemState.CANCELLED, code, message);
  }

  /** Exponential: the first wait is {@code backoff}, doubled each time up to {@code maxBackoff}. */
  private static Duration wait(Ending.Failed failed, int failures, Limits limits) {
    long doubled = limits.backoff().toMillis() << Math.min(failures - 1, 30);
    Duration backoff = shorter(Duration.ofMillis(doubled), limits.maxBackoff());
    Duration asked = shorter(failed.retryAfter().orElse(Duration.ZERO), LONGEST_RETRY_AFTER);
    return asked.compareTo(backoff) > 0 ? asked : backoff;
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
