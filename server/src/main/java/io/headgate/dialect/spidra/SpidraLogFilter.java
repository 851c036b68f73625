package io.headgate.dialect.spidra;

import io.headgate.batch.BatchState;
import io.headgate.http.InputError;
import io.headgate.http.Problem;
import io.headgate.http.ProblemException;
import io.headgate.http.Query;
import io.headgate.view.BatchFilter;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the filter of a list of logs. A missing or empty parameter does not restrict it. */
final class SpidraLogFilter {

  static final Set<BatchState> ENDED =
      Set.of(BatchState.COMPLETED, BatchState.PARTIAL, BatchState.FAILED, BatchState.CANCELLED);

  private static final Set<BatchState> SUCCEEDED = Set.of(BatchState.COMPLETED, BatchState.PARTIAL);
  private static final Set<BatchState> FAILED = Set.of(BatchState.FAILED, BatchState.CANCELLED);

  /** The fields of {@link SpidraStoredRequest} that are searched. */
  private static final Set<String> SEARCHED = Set.of("prompt", "urls");

  /** Responses show times to the millisecond, so a bound includes all of its millisecond. */
  private static final Duration MILLISECOND = Duration.ofMillis(1);

  private static final Duration MICROSECOND = Duration.ofNanos(1_000);
  private static final Duration DAY = Duration.ofDays(1);

  private SpidraLogFilter() {}

  /**
   * Reads the filter.
   *
   * @param jobs matches all jobs of the dialect
   * @return empty if no job can match: all were submitted through the API, no other channel
   * @throws ProblemException {@code invalid-request} for an unknown status or a malformed date
   */
  static Optional<BatchFilter> of(Query query, BatchFilter jobs) {
    BatchFilter filter =
        new BatchFilter(
            states(parameter(query, "status")),
            jobs.processor(),
            jobs.name(),
            Map.of(),
            parameter(query, "dateStart").map(SpidraLogFilter::after).orElse(null),
            parameter(query, "dateEnd").map(SpidraLogFilter::before).orElse(null),
            jobs.dialect(),
            search(query));
    return parameter(query, "channel").orElse("api").equals("api")
        ? Optional.of(filter)
        : Optional.empty();
  }

  private static Optional<String> parameter(Query query, String name) {
    return query.text(name).map(String::strip).filter(value -> !value.isEmpty());
  }

  /** Newer clients send {@code error} where older ones send {@code failed}. */
  private static Set<BatchState> states(Optional<String> status) {
    return switch (status.orElse("")) {
      case "" -> ENDED;
      case "success" -> SUCCEEDED;
      case "failed", "error" -> FAILED;
      default -> throw invalid("status", "must be success or failed");
    };
  }

  private static BatchFilter.@Nullable RequestTextFilter search(Query query) {
    // PostgreSQL cannot store a NUL character, so no prompt or URL has one.
    return parameter(query, "searchTerm")
        .map(text -> new BatchFilter.RequestTextFilter(SEARCHED, text.replace('\0', '\uffff')))
        .orElse(null);
  }

  /** The exclusive lower bound for times at or after {@code time}. */
  private static Instant after(String time) {
    return parse("dateStart", time).at().minus(MICROSECOND);
  }

  /** The exclusive upper bound for times at or before {@code text}; a date includes its day. */
  private static Instant before(String text) {
    LogTime moment = parse("dateEnd", text);
    return moment.at().plus(moment.wholeDay() ? DAY : MILLISECOND);
  }

  private record LogTime(Instant at, boolean wholeDay) {}

  private static LogTime parse(String name, String text) {
    try {
      return text.contains("T") ? new LogTime(time(text), false) : new LogTime(date(text), true);
    } catch (DateTimeException e) {
      throw invalid(
          name, "must be a date such as 2026-11-21 or a time such as 2026-11-21T10:00:00Z");
    }
  }

  /** A plus sign that the client did not escape arrives as a space. */
  private static Instant time(String text) {
    return bounded(OffsetDateTime.parse(text.replace(' ', '+')).toInstant());
  }

  private static Instant date(String text) {
    return bounded(LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
  }

  /** PostgreSQL supports fewer years than Java. */
  private static Instant bounded(Instant at) {
    if (at.isBefore(Instant.EPOCH)) {
      return Instant.EPOCH;
    }
    Instant late = Instant.parse("9999-01-01T00:00:00Z");
    return at.isAfter(late) ? late : at;
  }

  private static ProblemException invalid(String name, String message) {
    return Problem.invalid(InputError.parameter(name, message)).asException();
  }
}
