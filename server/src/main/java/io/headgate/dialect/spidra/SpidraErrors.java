package io.headgate.dialect.spidra;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.headgate.batch.BatchState;
import io.headgate.dialect.VendorJson;
import io.headgate.http.Answer;
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
  private static final String WHAT = "what";
  private static final String RETRY_AFTER = "Retry-After";

  private record Word(int status, @Nullable String code, String message) {}

  static Answer answer(Problem problem) {
    Word word = word(problem);
    Integer wait = word.status() == 503 ? wait(problem) : null;
    Answer answer =
        VendorJson.error(
            word.status(),
            new SpidraErrors(
                "error", word.message(), word.message(), word.code(), wait, errors(word, problem)),
            problem);
    return wait == null ? answer : answer.with(RETRY_AFTER, wait.toString());
  }

  /** A 404 that names what was not found. {@link Problem#notFound} is the 404 of a batch. */
  static Problem notFound(String what) {
    return Problem.notFound().with(WHAT, what);
  }

  /** The 404 of a path that no operation serves. */
  static Problem nothing(String path) {
    if (path.startsWith("/api/batch/scrape/")) {
      return Problem.notFound();
    }
    return notFound(
        path.startsWith("/api/scrape/")
            ? "Job"
            : path.startsWith("/api/scrape-logs/") ? "Log" : "Path");
  }

  private static @Nullable List<String> errors(Word word, Problem problem) {
    if (word.status() != 422) {
      return null;
    }
    return problem.errors().isEmpty()
        ? List.of(word.message())
        : problem.errors().stream().map(SpidraErrors::sentence).toList();
  }

  static String sentence(InputError error) {
    String item = error.line() == null ? "" : "urls[" + (error.line() - 1) + "]";
    String field = error.field() == null ? "" : error.field().replaceFirst("^input\\.", "");
    String where = item.isEmpty() || field.isEmpty() ? item + field : item + "." + field;
    return where.isEmpty() ? error.message() : where + " " + error.message();
  }

  private static int wait(Problem problem) {
    return Integer.parseInt(
        problem.headers().getOrDefault(RETRY_AFTER, Integer.toString(BUSY_SECONDS)));
  }

  private static Word word(Problem problem) {
    return switch (problem.code()) {
      case INVALID_REQUEST -> new Word(400, null, problem.detail());
      case NOTHING_TO_DO -> new Word(400, null, "No failed items to retry.");
      case UNAUTHORIZED -> new Word(401, null, problem.detail());
      case FORBIDDEN -> new Word(403, null, problem.detail());
      case INSUFFICIENT_CREDITS ->
          new Word(403, "INSUFFICIENT_CREDITS", "Not enough credits for this batch.");
      case NOT_FOUND ->
          new Word(404, null, problem.more().getOrDefault(WHAT, "Batch") + " not found");
      case METHOD_NOT_ALLOWED -> new Word(405, null, problem.detail());
      case BATCH_FINISHED -> new Word(409, "ALREADY_TERMINAL", terminal(problem));
      case BATCH_NOT_FINISHED, IDEMPOTENCY_IN_PROGRESS -> new Word(409, null, problem.detail());
      case TOO_LARGE -> new Word(413, null, problem.detail());
      case UNSUPPORTED_MEDIA_TYPE -> new Word(415, null, problem.detail());
      case IDEMPOTENCY_CONFLICT -> new Word(422, null, problem.detail());
      case INVALID_ITEMS -> new Word(422, null, firstReason(problem));
      case RATE_LIMITED -> new Word(429, null, problem.detail());
      case TOO_MANY_PENDING -> new Word(429, "TOO_MANY_PENDING_JOBS", problem.detail());
      case INTERNAL -> new Word(500, null, problem.detail());
      case PROCESSOR_UNAVAILABLE, UNAVAILABLE -> new Word(503, "SERVICE_BUSY", problem.detail());
    };
  }

  private static String firstReason(Problem problem) {
    return problem.errors().isEmpty() ? problem.detail() : sentence(problem.errors().getFirst());
  }

  private static String terminal(Problem problem) {
    String state = Objects.toString(problem.more().get("state"));
    return "Cannot %s a batch that is already %s."
        .formatted(problem.more().getOrDefault("verb", "cancel"), Words.of(BatchState.of(state)));
  }
}
