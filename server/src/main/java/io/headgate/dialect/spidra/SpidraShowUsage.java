package io.headgate.dialect.spidra;

import io.headgate.batch.Caller;
import io.headgate.dialect.NativeUsage;
import io.headgate.dialect.VendorJson;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Problem;
import io.headgate.http.ProblemCode;
import io.headgate.http.ProblemException;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.view.UsageReader;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code GET /api/usage-stats}: the usage of each day. {@code 7d} and {@code 30d} end today; {@code
 * weekly} is Monday to Sunday of this week.
 */
record SpidraShowUsage(NativeUsage usage) implements Operation.KeyedOperation {

  private static final Set<String> DIALECTS = Set.of(Spidra.NAME, Spidra.SCRAPES);
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MMM d", Locale.ENGLISH);
  private static final DateTimeFormatter WEEKDAY =
      DateTimeFormatter.ofPattern("EEE", Locale.ENGLISH);

  record SpidraUsage(String status, List<UsageRow> data) {}

  /** No crawls, models or captchas exist here, so their numbers are 0. */
  record UsageRow(
      String label,
      String date,
      long requests,
      int crawls,
      int tokens,
      int captchas,
      long latency,
      long credits) {}

  private record UsageRange(LocalDate first, int days, DateTimeFormatter label) {}

  @Override
  public Route route() {
    return Route.get("/api/usage-stats");
  }

  @Override
  public Scope scope() {
    return Scope.READ;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    request.discardBody();
    UsageRange range = range(request.query().text("range").orElse(""), usage.today());
    Map<LocalDate, UsageReader.UsageDay> used =
        usage.since(caller, DIALECTS, range.first()).stream()
            .collect(Collectors.toMap(UsageReader.UsageDay::date, Function.identity()));
    List<UsageRow> rows =
        Stream.iterate(range.first(), day -> day.plusDays(1))
            .limit(range.days())
            .map(day ->
                row(range.label(), used.getOrDefault(day, new UsageReader.UsageDay(day, 0, 0, 0))))
            .toList();
    return VendorJson.answer(200, new SpidraUsage("ok", rows));
  }

  private static UsageRange range(String name, LocalDate today) {
    return switch (name) {
      case "7d" -> new UsageRange(today.minusDays(6), 7, DAY);
      case "30d" -> new UsageRange(today.minusDays(29), 30, DAY);
      case "weekly" ->
          new UsageRange(
              today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)), 7, WEEKDAY);
      default -> throw wrongRange();
    };
  }

  private static ProblemException wrongRange() {
    return Problem.of(ProblemCode.INVALID_REQUEST, "range must be 7d, 30d or weekly").asException();
  }

  private static UsageRow row(DateTimeFormatter label, UsageReader.UsageDay day) {
    return new UsageRow(
        label.format(day.date()),
        day.date().toString(),
        day.items(),
        0,
        0,
        0,
        day.milliseconds(),
        day.credits());
  }
}
