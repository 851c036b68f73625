package io.headgate.dialect.spidra;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.headgate.dialect.VendorJson;
import io.headgate.http.Answer;
import io.headgate.http.Problem;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Spidra's errors. {@code error} repeats {@code message} for its Go client, which reads only that.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SpidraErrors(
    String status,
    String message,
    String error,
    @Nullable String code,
    @Nullable List<String> errors) {

  private record Word(int status, @Nullable String code, String message) {}

  static Answer answer(Problem problem) {
    Word word = word(problem);
    List<String> errors = word.status() == 422 ? List.of(word.message()) : null;
    Answer answer =
        VendorJson.answer(
            word.status(),
            new SpidraErrors("error", word.message(), word.message(), word.code(), errors));
    for (Map.Entry<String, String> header : problem.headers().entrySet()) {
      answer = answer.with(header.getKey(), header.getValue());
    }
    return answer;
  }

  private static Word word(Problem problem) {
    return switch (problem.code()) {
      case INVALID_REQUEST, NOTHING_TO_DO -> new Word(400, null, problem.detail());
      case UNAUTHORIZED -> new Word(401, null, problem.detail());
      case FORBIDDEN -> new Word(403, null, problem.detail());
      case INSUFFICIENT_CREDITS ->
          new Word(403, "INSUFFICIENT_CREDITS", "Not enough credits for this batch.");
      case NOT_FOUND -> new Word(404, null, "Batch not found");
      case METHOD_NOT_ALLOWED -> new Word(405, null, problem.detail());
      case BATCH_FINISHED ->
          new Word(
              409,
              "ALREADY_TERMINAL",
              "Cannot cancel a batch that is already " + problem.more().get("state") + ".");
      case BATCH_NOT_FINISHED, IDEMPOTENCY_IN_PROGRESS -> new Word(409, null, problem.detail());
      case TOO_LARGE -> new Word(413, null, problem.detail());
      case UNSUPPORTED_MEDIA_TYPE -> new Word(415, null, problem.detail());
      case INVALID_ITEMS, IDEMPOTENCY_CONFLICT -> new Word(422, null, problem.detail());
      case RATE_LIMITED -> new Word(429, null, problem.detail());
      case TOO_MANY_PENDING -> new Word(429, "TOO_MANY_PENDING_JOBS", problem.detail());
      case INTERNAL -> new Word(500, null, problem.detail());
      case PROCESSOR_UNAVAILABLE, UNAVAILABLE -> new Word(503, "SERVICE_BUSY", problem.detail());
    };
  }
}
