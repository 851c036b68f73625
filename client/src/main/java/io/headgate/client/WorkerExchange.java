package io.headgate.client;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One exchange of a remote worker with the server: the worker reports what it finished and receives
 * new items.
 *
 * @param worker the worker's name
 * @param processor the processor whose items it runs; null for {@code worker}
 * @param slots how many items the worker runs at once
 * @param waitSeconds how long the server may wait for an item; null for the server's default
 * @param settle the results and progress of claimed items
 */
public record WorkerExchange(
    String worker,
    @Nullable String processor,
    int slots,
    @Nullable Double waitSeconds,
    List<AttemptReport> settle) {

  /**
   * The result or the progress of an attempt.
   *
   * @param token the token of the claim; the server refuses the report when the claim no longer
   *     exists
   * @param outcome null while the attempt is running
   */
  public record AttemptReport(
      String token,
      long ordinal,
      @Nullable AttemptOutcome outcome,
      @Nullable JsonNode output,
      @Nullable AttemptFailure error,
      Item.@Nullable ItemProgress progress) {

    /** Reports an output. */
    public static AttemptReport succeeded(Claim claim, JsonNode output) {
      return of(claim, AttemptOutcome.SUCCEEDED, output, null);
    }

    /** Reports an error. */
    public static AttemptReport failed(Claim claim, AttemptFailure error) {
      return of(claim, AttemptOutcome.FAILED, null, error);
    }

    /** Reports that the attempt stopped because of an {@link Interrupt}. */
    public static AttemptReport interrupted(Claim claim) {
      return of(claim, AttemptOutcome.INTERRUPTED, null, null);
    }

    /** Returns the item to the server; the attempt does not count. */
    public static AttemptReport released(Claim claim) {
      return of(claim, AttemptOutcome.RELEASED, null, null);
    }

    /** Reports progress; the attempt continues. */
    public static AttemptReport running(Claim claim, Item.ItemProgress progress) {
      return new AttemptReport(claim.token(), claim.ordinal(), null, null, null, progress);
    }

    private static AttemptReport of(
        Claim claim,
        AttemptOutcome outcome,
        @Nullable JsonNode output,
        @Nullable AttemptFailure error) {
      return new AttemptReport(claim.token(), claim.ordinal(), outcome, output, error, null);
    }
  }

  /** How an attempt ended. */
  public enum AttemptOutcome {
    SUCCEEDED,
    FAILED,
    INTERRUPTED,
    RELEASED;

    /** The name in the API: lower case. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Why an attempt failed.
   *
   * @param code such as {@code quota-exceeded}
   * @param retryable false when another attempt would fail too; null for the default, true
   * @param retryAfterSeconds the shortest wait before the next attempt; null for the backoff of the
   *     batch
   */
  public record AttemptFailure(
      String code,
      String message,
      @Nullable Boolean retryable,
      @Nullable BigDecimal retryAfterSeconds) {

    /** A failure after which another attempt may succeed. */
    public static AttemptFailure temporary(String code, String message) {
      return new AttemptFailure(code, message, true, null);
    }

    /** A failure that every further attempt would repeat. */
    public static AttemptFailure permanent(String code, String message) {
      return new AttemptFailure(code, message, false, null);
    }
  }

  /**
   * The server's response.
   *
   * @param claims items to run
   * @param interrupts running items to stop
   * @param refused reports that were not stored
   */
  public record ExchangeResponse(
      List<Claim> claims, List<Interrupt> interrupts, List<RejectedReport> refused) {}

  /** An item to run. */
  public record Claim(
      String token,
      String batchId,
      long ordinal,
      @Nullable String ref,
      int attempt,
      JsonNode input,
      @Nullable JsonNode options,
      @Nullable Instant deadline) {}

  /**
   * A request to stop a running item.
   *
   * @param dueAt when the server abandons the attempt
   */
  public record Interrupt(
      String token, @Nullable String batchId, long ordinal, @Nullable Instant dueAt) {}

  /** A report that was not stored because its claim no longer exists. */
  public record RejectedReport(String token, long ordinal, @Nullable String reason) {}
}
