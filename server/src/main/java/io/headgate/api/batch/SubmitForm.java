package io.headgate.api.batch;

import io.headgate.api.DecimalSeconds;
import io.headgate.api.StorableJson;
import io.headgate.batch.Limits;
import io.headgate.batch.Violation;
import io.headgate.batch.ViolationKind;
import io.headgate.engine.NewBatch.BatchOrder;
import io.headgate.http.InputError;
import io.headgate.http.Json;
import io.headgate.http.Problem;
import io.headgate.http.ProblemCode;
import io.headgate.processor.Processor;
import io.headgate.processor.Processors;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The fields of a submit, without its items. A null field gets its default. */
record SubmitForm(
    @Nullable String processor,
    @Nullable String name,
    @Nullable JsonNode metadata,
    @Nullable JsonNode options,
    @Nullable LimitsForm limits,
    @Nullable Integer priority,
    @Nullable Instant startAt,
    @Nullable Instant expiresAt,
    @Nullable Long retainSeconds) {

  private static final int MAX_METADATA_CHARS = 16_384;
  private static final int MAX_NAME = 255;

  /** The limits of a submit. */
  record LimitsForm(
      @Nullable Integer concurrency,
      @Nullable BigDecimal timeoutSeconds,
      @Nullable Integer maxAttempts,
      @Nullable BigDecimal backoffSeconds,
      @Nullable BigDecimal maxBackoffSeconds) {

    private static final LimitsForm NONE = new LimitsForm(null, null, null, null, null);

    private Duration timeout() {
      return DecimalSeconds.of(timeoutSeconds, Limits.DEFAULT.timeout());
    }

    private int attempts() {
      return maxAttempts == null ? Limits.DEFAULT.maxAttempts() : maxAttempts;
    }

    private Duration backoff() {
      return DecimalSeconds.of(backoffSeconds, Limits.DEFAULT.backoff());
    }

    private Duration maxBackoff() {
      return DecimalSeconds.of(maxBackoffSeconds, Limits.DEFAULT.maxBackoff());
    }

    private List<Violation> violations() {
      return Limits.check(concurrency, timeout(), attempts(), backoff(), maxBackoff());
    }

    private Limits checked() {
      return new Limits(concurrency, timeout(), attempts(), backoff(), maxBackoff());
    }
  }

  /** Reads and validates the fields of a submit. */
  record SubmitFormReader(Processors processors, InstantSource clock) {

    /**
     * Returns the validated order.
     *
     * @throws io.headgate.http.ProblemException {@code invalid-request} with every invalid field;
     *     {@code processor-unavailable} when this server cannot run the processor
     */
    BatchOrder read(ObjectNode order) {
      SubmitForm form = Json.read(Json.write(order), SubmitForm.class);
      List<Violation> violations = form.violations(clock.instant());
      Optional<Processor> processor =
          Optional.ofNullable(form.processor()).flatMap(processors::find);
      if (form.processor() != null && processor.isEmpty()) {
        violations.add(new Violation("processor", "must be one of " + names()));
      }
      processor.ifPresent(found -> violations.addAll(form.optionViolations(found)));
      if (!violations.isEmpty()) {
        throw Problem.invalid(violations.stream().map(InputError::of).toList()).asException();
      }
      requireReady(processor.orElseThrow());
      return form.order();
    }

    private String names() {
      return String.join(", ", processors.all().stream().map(Processor::name).toList());
    }

    private static void requireReady(Processor processor) {
      if (!processor.missingRequirements().isEmpty()) {
        throw Problem.of(
                ProblemCode.PROCESSOR_UNAVAILABLE,
                ("The processor %s needs %s, which this server does not have. Ask the operator to"
                        + " install it.")
                    .formatted(
                        processor.name(), String.join(", ", processor.missingRequirements())))
            .asException();
      }
    }
  }

  private List<Violation> violations(Instant now) {
    List<Violation> found = new ArrayList<>(limitsOrNone().violations());
    if (processor == null) {
      found.add(Violation.missing("processor"));
    }
    if (name != null && (name.isEmpty() || name.codePointCount(0, name.length()) > MAX_NAME)) {
      found.add(
          new Violation(
              "name", "must have 1 to " + MAX_NAME + " characters", ViolationKind.TOO_LONG));
    }
    StorableJson.check("metadata", metadata).ifPresent(found::add);
    StorableJson.check("options", options).ifPresent(found::add);
    if (metadata != null && metadata.toString().length() > MAX_METADATA_CHARS) {
      found.add(
          new Violation(
              "metadata",
              "must have at most " + MAX_METADATA_CHARS + " characters as JSON",
              ViolationKind.TOO_LONG));
    }
    found.addAll(timeViolations(now));
    if (priority != null && (priority < -100 || priority > 100)) {
      found.add(
          new Violation(
              "priority",
              "must be between -100 and 100; got " + priority,
              ViolationKind.OUT_OF_RANGE));
    }
    if (retainSeconds != null
        && (retainSeconds < 1 || retainSeconds > BatchOrder.MAX_RETAIN_SECONDS)) {
      found.add(
          new Violation(
              "retain_seconds",
              "must be between 1 and " + BatchOrder.MAX_RETAIN_SECONDS + "; got " + retainSeconds,
              ViolationKind.OUT_OF_RANGE));
    }
    return found;
  }

  private List<Violation> timeViolations(Instant now) {
    if (expiresAt == null) {
      return List.of();
    }
    if (!expiresAt.isAfter(now)) {
      return List.of(new Violation("expires_at", "must be in the future"));
    }
    return startAt != null && !startAt.isBefore(expiresAt)
        ? List.of(new Violation("expires_at", "must be after start_at"))
        : List.of();
  }

  private List<Violation> optionViolations(Processor found) {
    JsonNode given = orEmpty(options);
    if (!given.isObject()) {
      return List.of(); // JsonTexts.check has reported it
    }
    return found.checkOptions(given).stream()
        .map(v -> v.at(v.field().isEmpty() ? "options" : "options." + v.field()))
        .toList();
  }

  private LimitsForm limitsOrNone() {
    return limits == null ? LimitsForm.NONE : limits;
  }

  private static JsonNode orEmpty(@Nullable JsonNode node) {
    return node == null || node.isNull() ? JsonNodeFactory.instance.objectNode() : node;
  }

  private BatchOrder order() {
    return new BatchOrder(
        java.util.Objects.requireNonNull(processor),
        name,
        orEmpty(metadata),
        orEmpty(options),
        limitsOrNone().checked(),
        priority == null ? 0 : priority,
        startAt,
        expiresAt,
        retainSeconds == null ? BatchOrder.DEFAULT_RETAIN_SECONDS : retainSeconds);
  }
}
