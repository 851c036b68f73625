package io.headgate.client;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One turn of a remote worker: what it finished goes in, what it may start comes out. */
public record WorkerExchange(
    String worker,
    @Nullable String processor,
    int slots,
    @Nullable Double waitSeconds,
    List<Settle> settle) {

  /**
   * What became of an attempt, or how far it is.
   *
   * @param token of the claim it was given with; the server refuses it once the claim is gone
   * @param outcome null while it runs
   */
  public record Settle(
      String token,
      long ordinal,
      @Nullable Outcome outcome,
      @Nullable JsonNode output,
      @Nullable Failure error,
      Item.@Nullable ItemProgress progress) {

    public static Settle succeeded(Claim claim, JsonNode output) {
      return of(claim, Outcome.SUCCEEDED, output, null);
    }

    public static Settle failed(Claim claim, Failure error) {
      return of(claim, Outcome.FAILED, null, error);
    }

    /** It was told to stop and did. */
    public static Settle interrupted(Claim claim) {
      return of(claim, Outcome.INTERRUPTED, null, null);
    }

    /** It is handed back; the attempt does not count. */
    public static Settle released(Claim claim) {
      return of(claim, Outcome.RELEASED, null, null);
    }

    public static Settle running(Claim claim, Item.ItemProgress progress) {
      return new Settle(claim.token(), claim.ordinal(), null, null, null, progress);
    }

    private static Settle of(
        Claim claim, Outcome outcome, @Nullable JsonNode output, @Nullable Failure error) {
      return new Settle(claim.token(), claim.ordinal(), outcome, output, error, null);
    }
  }

  /** How an attempt ended. */
  public enum Outcome {
    SUCCEEDED,
    FAILED,
    INTERRUPTED,
    RELEASED;

    /** The word on the wire. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Why an attempt failed.
   *
   * @param code a word like {@code quota-exceeded}
   * @param retryable false when another attempt would fail too; null for the server's default, true
   * @param retryAfterSeconds how long the item should wait at least; null to leave it to the batch
   */
  public record Failure(
      String code,
      String message,
      @Nullable Boolean retryable,
      @Nullable BigDecimal retryAfterSeconds) {

    public static Failure passing(String code, String message) {
      return new Failure(code, message, true, null);
    }

    public static Failure lasting(String code, String message) {
      return new Failure(code, message, false, null);
    }
  }

  /** The server's side of the turn. */
  public record Turn(List<Claim> claims, List<Interrupt> interrupts, List<Refused> refused) {}

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
   * A running item that shall stop.
   *
   * @param dueAt when it is abandoned
   */
  public record Interrupt(
      String token, @Nullable String batchId, long ordinal, @Nullable Instant dueAt) {}

  /** A settlement that came too late: its claim is gone, nothing was stored. */
  public record Refused(String token, long ordinal, @Nullable String reason) {}
}
