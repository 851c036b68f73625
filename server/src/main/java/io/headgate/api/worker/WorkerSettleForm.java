package io.headgate.api.worker;

import io.headgate.api.DecimalSeconds;
import io.headgate.api.StorableJson;
import io.headgate.batch.AttemptResult;
import io.headgate.batch.Violation;
import io.headgate.batch.ViolationKind;
import io.headgate.http.InvalidInputException;
import io.headgate.node.Node;
import io.headgate.node.WorkerRequest;
import io.headgate.node.WorkerRequest.WorkerAttemptEnd;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/** The result or, without an outcome, the progress of one attempt of a remote worker. */
record WorkerSettleForm(
    @Nullable String token,
    @Nullable Integer ordinal,
    @Nullable WorkerOutcome outcome,
    @Nullable JsonNode output,
    @Nullable WorkerErrorJson error,
    @Nullable WorkerProgressJson progress) {

  private static final Pattern TOKEN = Pattern.compile("[0-9]{1,18}");
  private static final Pattern CODE = Pattern.compile("[a-z0-9]+([-_.][a-z0-9]+)*");
  private static final int MAX_CODE = 64;
  private static final int MAX_MESSAGE = 10_000;
  private static final int MAX_PROGRESS_MESSAGE = 1_000;
  private static final BigDecimal MAX_RETRY_AFTER_SECONDS = BigDecimal.valueOf(604_800);

  /** The outcome of an attempt. */
  enum WorkerOutcome {
    SUCCEEDED,
    FAILED,
    /** The worker stopped the attempt as requested. */
    INTERRUPTED,
    /** The worker returns the item without counting the attempt. */
    RELEASED
  }

  /**
   * The error of a failed attempt.
   *
   * @param retryable whether a later attempt may succeed; null means true
   */
  record WorkerErrorJson(
      @Nullable String code,
      @Nullable String message,
      @Nullable Boolean retryable,
      @Nullable BigDecimal retryAfterSeconds) {

    WorkerErrorJson {
      if (code == null || code.length() > MAX_CODE || !CODE.matcher(code).matches()) {
        throw new InvalidInputException(
            "code",
            "must be at most "
                + MAX_CODE
                + " lower-case letters, digits, '-', '_' and '.', such as quota-exceeded");
      }
      if (message == null || message.length() > MAX_MESSAGE) {
        throw new InvalidInputException(
            "message",
            "is required and must have at most " + MAX_MESSAGE + " characters",
            ViolationKind.TOO_LONG);
      }
      if (retryAfterSeconds != null
          && (retryAfterSeconds.signum() < 0
              || retryAfterSeconds.compareTo(MAX_RETRY_AFTER_SECONDS) > 0)) {
        throw new InvalidInputException(
            "retry_after_seconds",
            "must be between 0 and " + MAX_RETRY_AFTER_SECONDS,
            ViolationKind.OUT_OF_RANGE);
      }
    }

    AttemptResult toResult() {
      return new AttemptResult.AttemptFailed(
          String.valueOf(code),
          String.valueOf(message),
          !Boolean.FALSE.equals(retryable),
          Optional.ofNullable(retryAfterSeconds).map(s -> DecimalSeconds.of(s, Duration.ZERO)));
    }
  }

  /** The progress of a running attempt. */
  record WorkerProgressJson(@Nullable BigDecimal ratio, @Nullable String message) {
    WorkerProgressJson {
      if (ratio != null && (ratio.signum() < 0 || ratio.compareTo(BigDecimal.ONE) > 0)) {
        throw new InvalidInputException(
            "ratio", "must be between 0 and 1", ViolationKind.OUT_OF_RANGE);
      }
      if (message != null && message.length() > MAX_PROGRESS_MESSAGE) {
        throw new InvalidInputException(
            "message",
            "must have at most " + MAX_PROGRESS_MESSAGE + " characters",
            ViolationKind.TOO_LONG);
      }
    }

    Node.ItemProgress toProgress() {
      return new Node.ItemProgress(
          ratio == null ? 0 : ratio.doubleValue(), message == null ? "" : message);
    }
  }

  WorkerSettleForm {
    if (token == null || !TOKEN.matcher(token).matches()) {
      throw new InvalidInputException("token", "is required and must be the token of a claim");
    }
    if (ordinal == null || ordinal < 0) {
      throw new InvalidInputException("ordinal", "is required and must be an integer of 0 or more");
    }
    if (output != null) {
      Optional<Violation> violation = StorableJson.checkAny("output", output);
      if (violation.isPresent()) {
        throw new InvalidInputException(List.of(violation.get()));
      }
    }
    if ((outcome == WorkerOutcome.FAILED) != (error != null)) {
      throw new InvalidInputException(
          "error", "is required when outcome is failed, and not allowed otherwise");
    }
    if (outcome != WorkerOutcome.SUCCEEDED && output != null && !output.isNull()) {
      throw new InvalidInputException("output", "is only allowed when outcome is succeeded");
    }
  }

  /** Returns the result; empty when the entry only reports progress. */
  Optional<WorkerAttemptEnd> endedAttempt() {
    return Optional.ofNullable(outcome)
        .map(given ->
            new WorkerAttemptEnd(
                Long.parseLong(String.valueOf(token)), ordinalOrZero(), toResult(given)));
  }

  /** Returns the progress; empty when the attempt has ended or has none. */
  Optional<WorkerRequest.AttemptProgress> report() {
    return outcome != null || progress == null
        ? Optional.empty()
        : Optional.of(
            new WorkerRequest.AttemptProgress(
                Long.parseLong(String.valueOf(token)), ordinalOrZero(), progress.toProgress()));
  }

  private int ordinalOrZero() {
    return ordinal == null ? 0 : ordinal;
  }

  private AttemptResult toResult(WorkerOutcome given) {
    return switch (given) {
      case SUCCEEDED ->
          new AttemptResult.AttemptSucceeded(
              (output == null ? NullNode.getInstance() : output).toString());
      case FAILED -> failed();
      case INTERRUPTED -> new AttemptResult.Interrupted();
      case RELEASED -> new AttemptResult.HandedBack();
    };
  }

  private AttemptResult failed() {
    if (error == null) {
      throw new IllegalStateException("a failed attempt without error");
    }
    return error.toResult();
  }
}
