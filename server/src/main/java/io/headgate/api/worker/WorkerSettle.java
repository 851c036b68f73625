package io.headgate.api.worker;

import io.headgate.api.JsonTexts;
import io.headgate.api.Seconds;
import io.headgate.batch.Ending;
import io.headgate.batch.Flaw;
import io.headgate.batch.Violation;
import io.headgate.http.InvalidInput;
import io.headgate.node.Node;
import io.headgate.node.WorkerOrder;
import io.headgate.node.WorkerOrder.Ended;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/** The result or, without an outcome, the progress of one attempt of a remote worker. */
record WorkerSettle(
    @Nullable String token,
    @Nullable Integer ordinal,
    @Nullable Outcome outcome,
    @Nullable JsonNode output,
    @Nullable ErrorJson error,
    @Nullable ProgressJson progress) {

  private static final Pattern TOKEN = Pattern.compile("[0-9]{1,18}");
  private static final Pattern CODE = Pattern.compile("[a-z0-9]+([-_.][a-z0-9]+)*");
  private static final int LONGEST_CODE = 64;
  private static final int LONGEST_MESSAGE = 10_000;
  private static final int LONGEST_PROGRESS = 1_000;
  private static final BigDecimal LONGEST_RETRY_AFTER = BigDecimal.valueOf(604_800);

  /** The outcome of an attempt. */
  enum Outcome {
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
  record ErrorJson(
      @Nullable String code,
      @Nullable String message,
      @Nullable Boolean retryable,
      @Nullable BigDecimal retryAfterSeconds) {

    ErrorJson {
      if (code == null || code.length() > LONGEST_CODE || !CODE.matcher(code).matches()) {
        throw new InvalidInput(
            "code",
            "must be at most "
                + LONGEST_CODE
                + " lower-case letters, digits, '-', '_' and '.', such as quota-exceeded");
      }
      if (message == null || message.length() > LONGEST_MESSAGE) {
        throw new InvalidInput(
            "message",
            "is required and must have at most " + LONGEST_MESSAGE + " characters",
            Flaw.TOO_LONG);
      }
      if (retryAfterSeconds != null
          && (retryAfterSeconds.signum() < 0
              || retryAfterSeconds.compareTo(LONGEST_RETRY_AFTER) > 0)) {
        throw new InvalidInput(
            "retry_after_seconds",
            "must be between 0 and " + LONGEST_RETRY_AFTER,
            Flaw.OUT_OF_RANGE);
      }
    }

    Ending ending() {
      return new Ending.Failed(
          String.valueOf(code),
          String.valueOf(message),
          !Boolean.FALSE.equals(retryable),
          Optional.ofNullable(retryAfterSeconds).map(s -> Seconds.of(s, Duration.ZERO)));
    }
  }

  /** The progress of a running attempt. */
  record ProgressJson(@Nullable BigDecimal ratio, @Nullable String message) {
    ProgressJson {
      if (ratio != null && (ratio.signum() < 0 || ratio.compareTo(BigDecimal.ONE) > 0)) {
        throw new InvalidInput("ratio", "must be between 0 and 1", Flaw.OUT_OF_RANGE);
      }
      if (message != null && message.length() > LONGEST_PROGRESS) {
        throw new InvalidInput(
            "message", "must have at most " + LONGEST_PROGRESS + " characters", Flaw.TOO_LONG);
      }
    }

    Node.Progress told() {
      return new Node.Progress(
          ratio == null ? 0 : ratio.doubleValue(), message == null ? "" : message);
    }
  }

  WorkerSettle {
    if (token == null || !TOKEN.matcher(token).matches()) {
      throw new InvalidInput("token", "is required and must be the token of a claim");
    }
    if (ordinal == null || ordinal < 0) {
      throw new InvalidInput("ordinal", "is required and must be an integer of 0 or more");
    }
    if (output != null) {
      Optional<Violation> unfit = JsonTexts.walk("output", output);
      if (unfit.isPresent()) {
        throw new InvalidInput(List.of(unfit.get()));
      }
    }
    if ((outcome == Outcome.FAILED) != (error != null)) {
      throw new InvalidInput(
          "error", "is required when outcome is failed, and not allowed otherwise");
    }
    if (outcome != Outcome.SUCCEEDED && output != null && !output.isNull()) {
      throw new InvalidInput("output", "is only allowed when outcome is succeeded");
    }
  }

  /** Returns the result; empty when the entry only reports progress. */
  Optional<Ended> ended() {
    return Optional.ofNullable(outcome)
        .map(known -> new Ended(Long.parseLong(String.valueOf(token)), number(), ending(known)));
  }

  /** Returns the progress; empty when the attempt has ended or has none. */
  Optional<WorkerOrder.Report> report() {
    return outcome != null || progress == null
        ? Optional.empty()
        : Optional.of(
            new WorkerOrder.Report(
                Long.parseLong(String.valueOf(token)), number(), progress.told()));
  }

  private int number() {
    return ordinal == null ? 0 : ordinal;
  }

  private Ending ending(Outcome known) {
    return switch (known) {
      case SUCCEEDED ->
          new Ending.Succeeded((output == null ? NullNode.getInstance() : output).toString());
      case FAILED -> failed();
      case INTERRUPTED -> new Ending.Interrupted();
      case RELEASED -> new Ending.HandedBack();
    };
  }

  private Ending failed() {
    if (error == null) {
      throw new IllegalStateException("a failed attempt without error");
    }
    return error.ending();
  }
}
