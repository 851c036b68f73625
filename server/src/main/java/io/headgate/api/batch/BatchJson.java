package io.headgate.api.batch;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.headgate.batch.BatchState;
import io.headgate.batch.Counts;
import io.headgate.batch.Limits;
import io.headgate.intake.InvalidLine;
import io.headgate.intake.SubmitResult.Rejected;
import io.headgate.view.BatchProgress;
import io.headgate.view.BatchView;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A batch as JSON of the native API. */
record BatchJson(
    UUID id,
    @Nullable String name,
    String processor,
    BatchState state,
    boolean paused,
    JsonNode metadata,
    CountsJson counts,
    CreditsJson credits,
    BatchProgress progress,
    JsonNode options,
    LimitsJson limits,
    int priority,
    @Nullable Instant startAt,
    @Nullable Instant expiresAt,
    long retainSeconds,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Instant cancelledAt,
    @Nullable UUID resubmittedFrom,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<InvalidLine> rejected,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long rejectedCount) {

  /** The stored numbers of {@link Counts}, without the derived ones. */
  record CountsJson(int total, int pending, int running, int succeeded, int failed, int cancelled) {

    static CountsJson of(Counts counts) {
      return new CountsJson(
          counts.total(),
          counts.pending(),
          counts.running(),
          counts.succeeded(),
          counts.failed(),
          counts.cancelled());
    }
  }

  record CreditsJson(long perItem, long reserved, long charged, long refunded) {

    static CreditsJson of(io.headgate.batch.Credits credits) {
      return new CreditsJson(
          credits.perItem(), credits.reserved(), credits.charged(), credits.refunded());
    }
  }

  record LimitsJson(
      @Nullable Integer concurrency,
      BigDecimal timeoutSeconds,
      int maxAttempts,
      BigDecimal backoffSeconds,
      BigDecimal maxBackoffSeconds) {

    static LimitsJson of(Limits limits) {
      return new LimitsJson(
          limits.concurrency(),
          seconds(limits.timeout()),
          limits.maxAttempts(),
          seconds(limits.backoff()),
          seconds(limits.maxBackoff()));
    }
  }

  static BatchJson of(BatchView batch) {
    return of(batch, null);
  }

  /**
   * @param rejected lines that the submit skipped; null unless the client requested skipping
   */
  static BatchJson of(BatchView batch, @Nullable Rejected rejected) {
    BatchView.Status status = batch.status();
    return new BatchJson(
        batch.id(),
        batch.order().name(),
        batch.order().processor(),
        status.state(),
        status.paused(),
        batch.order().metadata(),
        CountsJson.of(batch.counts()),
        CreditsJson.of(batch.credits()),
        batch.progress(),
        SecretMask.of(batch.order().options()),
        LimitsJson.of(batch.order().limits()),
        batch.order().priority(),
        batch.order().startAt(),
        batch.order().expiresAt(),
        batch.order().retainSeconds(),
        status.createdAt(),
        status.startedAt(),
        status.finishedAt(),
        status.cancelledAt(),
        batch.resubmittedFrom(),
        rejected == null ? null : rejected.first(),
        rejected == null ? null : rejected.count());
  }

  /** Returns the seconds with up to three decimals and without trailing zeros. */
  static BigDecimal seconds(Duration duration) {
    BigDecimal exact = BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros();
    return exact.scale() < 0 ? exact.setScale(0) : exact;
  }
}
