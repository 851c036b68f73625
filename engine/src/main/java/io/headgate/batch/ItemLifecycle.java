package io.headgate.batch;

import java.time.Duration;

/** The lifecycle of items: what follows when an attempt ends. Pure. */
public final class ItemLifecycle {

  /** An item that lost its node this many times is not retried. */
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
  public record ItemContext(int failures, int losses, boolean fenced, boolean interrupted) {

    boolean stopping() {
      return fenced || interrupted;
    }
  }

  /** What follows. */
  public sealed interface ItemTransition {

    /** The item is settled for good. */
    record SettleItem(ItemState state, String code, String message) implements ItemTransition {}

    /**
     * The item waits for another attempt.
     *
     * @param delay before jitter
     * @param code why this attempt ended; empty when no result is stored
     */
    record RetryItem(Duration delay, int failures, int losses, String code, String message)
        implements ItemTransition {}
  }

  private ItemLifecycle() {}

  public static ItemTransition next(AttemptResult result, ItemContext context, Limits limits) {
    return switch (result) {
      case AttemptResult.AttemptSucceeded ignored ->
          new ItemTransition.SettleItem(ItemState.SUCCEEDED, "", "");
      case AttemptResult.AttemptFailed failed -> failed(failed, context, limits);
      case AttemptResult.Interrupted() ->
          context.stopping()
              ? cancelled("interrupted", "stopped by a cancel")
              : retryUncounted(context);
      case AttemptResult.Abandoned() ->
          context.stopping()
              ? cancelled("abandoned", "did not stop within the grace period")
              : retryUncounted(context);
      case AttemptResult.HandedBack() ->
          context.stopping()
              ? cancelled("interrupted", "its node was stopped")
              : retryUncounted(context);
      case AttemptResult.NotStarted(String code, String message) ->
          context.stopping()
              ? new ItemTransition.SettleItem(ItemState.FAILED, code, message)
              : retryUncounted(context);
      case AttemptResult.Lost() -> lost(context);
    };
  }

  private static ItemTransition failed(
      AttemptResult.AttemptFailed failed, ItemContext context, Limits limits) {
    int failures = context.failures() + 1;
    boolean last = !failed.retryable() || failures >= limits.maxAttempts() || context.stopping();
    return last
        ? new ItemTransition.SettleItem(ItemState.FAILED, failed.code(), failed.message())
        : new ItemTransition.RetryItem(
            delay(failed, failures, limits),
            failures,
            context.losses(),
            failed.code(),
            failed.message());
  }

  private static ItemTransition lost(ItemContext context) {
    if (context.stopping()) {
      return cancelled("node-lost", "its node died while the item ran");
    }
    int losses = context.losses() + 1;
    return losses >= MAX_LOSSES
        ? new ItemTransition.SettleItem(
            ItemState.FAILED, "node-lost", "its node died " + losses + " times in a row")
        : new ItemTransition.RetryItem(
            Duration.ZERO,
            context.failures(),
            losses,
            "node-lost",
            "its node died while the item ran");
  }

  private static ItemTransition retryUncounted(ItemContext context) {
    return new ItemTransition.RetryItem(
        Duration.ZERO, context.failures(), context.losses(), "", "");
  }

  private static ItemTransition cancelled(String code, String message) {
    return new ItemTransition.SettleItem(ItemState.CANCELLED, code, message);
  }

  /** Exponential: the first wait is {@code backoff}, doubled each time up to {@code maxBackoff}. */
  private static Duration delay(AttemptResult.AttemptFailed failed, int failures, Limits limits) {
    long doubled = limits.backoff().toMillis() << Math.min(failures - 1, 30);
    Duration backoff = shorter(Duration.ofMillis(doubled), limits.maxBackoff());
    Duration requested = shorter(failed.retryAfter().orElse(Duration.ZERO), LONGEST_RETRY_AFTER);
    return requested.compareTo(backoff) > 0 ? requested : backoff;
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
