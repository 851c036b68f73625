package io.headgate.dialect.spidra;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.headgate.batch.BatchState;
import io.headgate.dialect.VendorJson;
import io.headgate.http.ApiResponse;
import io.headgate.http.InputError;
import io.headgate.http.Problem;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Spidra's errors.
 *
 * @param error repeats {@code message} for the Go client, which reads only this field
 * @param retryAfter in seconds, on 503
 * @param errors every reason, on 422
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SpidraErrors(
    String status,
    String message,
    String error,
    @Nullable String code,
    @JsonProperty("retry_after") @Nullable Integer retryAfter,
    @Nullable List<String> errors) {

  private static final int BUSY_SECONDS = 30;
  private static final String RESOURCE = "what";
  private static final String RETRY_AFTER = "Retry-After";

  private record SpidraErrorFields(int status, @Nullable String code, String message) {}

  static ApiResponse answer(Problem problem) {
    SpidraErrorFields fields = fields(problem);
    Integer retrySeconds = fields.status() == 503 ? retrySeconds(problem) : null;
    ApiResponse answer =
        VendorJson.error(
            fields.status(),
            new SpidraErrors(
                "error",
                fields.message(),
                fields.message(),
                fields.code(),
                retrySeconds,
                errors(fields, problem)),
            problem);
    return retrySeconds == null ? answer : answer.withHeader(RETRY_AFTER, retrySeconds.toString());
  }

  /** A 404 that names what was not found. {@link Problem#notFound} is the 404 of a batch. */
  static Problem notFound(String resource) {
    return Problem.notFound().withExtension(RESOURCE, resource);
  }

  /** The 404 of a path that no operation serves. */
  static Problem unservedPath(String path) {
    if (path.startsWith("/api/batch/scrape/")) {
      return Problem.notFound();
    }
    return notFound(
        path.startsWith("/api/scrape/")
            ? "Job"
            : path.startsWith("/api/scrape-logs/") ? "Log" : "Path");
  }

  private static @Nullable List<String> errors(SpidraErrorFields fields, Problem problem) {
    if (fields.status() != 422) {
      return null;
    }
    return problem.errors().isEmpty()
        ? List.of(fields.message())
        : problem.errors().stream().map(SpidraErrors::sentence).toList();
  }

  static String sentence(InputError error) {
    String item = error.line() == null ? "" : "urls[" + (error.line() - 1) + "]";
    String field = error.field() == null ? "" : error.field().replaceFirst("^input\\.", "");
    String where = item.isEmpty() || field.isEmpty() ? item + field : item + "." + field;
    return where.isEmpty() ? error.message() : where + " " + error.message();
  }

  private static int retrySeconds(Problem problem) {
    return Integer.parseInt(
        problem.headers().getOrDefault(RETRY_AFTER, Integer.toString(BUSY_SECONDS)));
  }

  private static SpidraErrorFields fields(Problem problem) {
    return switch (problem.code()) {
      case INVALID_REQUEST -> new SpidraErrorFields(400, null, problem.detail());
      case NOTHING_TO_DO -> new SpidraErrorFields(400, null, "No failed items to retry.");
      case UNAUTHORIZED -> new SpidraErrorFields(401, null, problem.detail());
      case FORBIDDEN -> new SpidraErrorFields(403, null, problem.detail());
      case INSUFFICIENT_CREDITS ->
          new SpidraErrorFields(403, "INSUFFICIENT_CREDITS", "Not enough credits for this batch.");
      case NOT_FOUND ->
          new SpidraErrorFields(
              404, null, problem.extensions().getOrDefault(RESOURCE, "Batch") + " not found");
      case METHOD_NOT_ALLOWED -> new SpidraErrorFields(405, null, problem.detail());
      case BATCH_FINISHED ->
          new SpidraErrorFields(409, "ALREADY_TERMINAL", alreadyTerminal(problem));
      case BATCH_NOT_FINISHED, IDEMPOTENCY_IN_PROGRESS ->
          new SpidraErrorFields(409, null, problem.detail());
      case TOO_LARGE -> new SpidraErrorFields(413, null, problem.detail());
      case UNSUPPORTED_MEDIA_TYPE -> new SpidraErrorFields(415, null, problem.detail());
      case IDEMPOTENCY_CONFLICT -> new SpidraErrorFields(422, null, problem.detail());
      case INVALID_ITEMS -> new SpidraErrorFields(422, null, firstReason(problem));
      case RATE_LIMITED -> new SpidraErrorFields(429, null, problem.detail());
      case TOO_MANY_PENDING ->
          new SpidraErrorFields(429, "TOO_MANY_PENDING_JOBS", problem.detail());
      case INTERNAL -> new SpidraErrorFields(500, null, problem.detail());
      case PROCESSOR_UNAVAILABLE, UNAVAILABLE ->
          new SpidraErrorFields(503, "SERVICE_BUSY", problem.detail());
    };
  }

  private static String firstReason(Problem problem) {
    return problem.errors().isEmpty() ? problem.detail() : sentence(problem.errors().getFirst());
  }

  private static String alreadyTerminal(Problem problem) {
    String state = Objects.toString(problem.extensions().get("state"));
    return "Cannot %s a batch that is already %s."
        .formatted(
            problem.extensions().getOrDefault("verb", "cancel"),
            SpidraStateNames.of(BatchState.of(state)));
  }
}
