package io.headgate.api.house;

import io.headgate.http.Answer;
import io.headgate.http.Operation;
import io.headgate.http.Problem;
import io.headgate.http.ProblemCode;
import io.headgate.http.Request;
import io.headgate.http.Route;

/** {@code GET /problems/{code}}: what a problem means and what to do. */
record ShowProblem() implements Operation.Open {

  @Override
  public Route route() {
    return Route.get("/problems/{code}");
  }

  @Override
  public Answer answer(Request request) {
    ProblemCode code =
        ProblemCode.of(request.pathText("code"))
            .orElseThrow(() -> Problem.notFound().asException());
    String page =
        """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <title>%1$s</title>
        <h1>%1$s</h1>
        <p><code>%2$s</code>, status %3$d</p>
        <p>%4$s</p>
        <p>%5$s</p>
        </html>
        """
            .formatted(code.title(), code.word(), code.status(), meaning(code), remedy(code));
    return Answer.text(200, "text/html", page)
        .with("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
  }

  private static String meaning(ProblemCode code) {
    return switch (code) {
      case INVALID_REQUEST -> "The body, a parameter or a header is malformed or not allowed.";
      case INVALID_ITEMS -> "Items of a submit are malformed; nothing of the batch was stored.";
      case UNAUTHORIZED ->
          "No key came with the request, or one that is unknown, expired or revoked.";
      case FORBIDDEN -> "The key is valid, but has not the scope or the account this needs.";
      case NOT_FOUND ->
          "The id is malformed, unknown or of another account, or the path leads nowhere.";
      case METHOD_NOT_ALLOWED -> "The path exists, but not with this method.";
      case INSUFFICIENT_CREDITS ->
          "A batch reserves its credits when it is submitted; they did not suffice.";
      case BATCH_FINISHED -> "The batch has ended; what was asked for is only possible before.";
      case BATCH_NOT_FINISHED ->
          "The batch still runs; what was asked for is only possible after its end.";
      case NOTHING_TO_DO -> "No item is in the state that was asked for.";
      case IDEMPOTENCY_CONFLICT ->
          "The Idempotency-Key came with another request within the last 24 hours.";
      case IDEMPOTENCY_IN_PROGRESS ->
          "The first request with this Idempotency-Key has no answer yet.";
      case TOO_LARGE -> "The body, a line of it or the number of items is over its limit.";
      case UNSUPPORTED_MEDIA_TYPE -> "The Content-Type is none that this path reads.";
      case PROCESSOR_UNAVAILABLE -> "No node can run this processor now.";
      case RATE_LIMITED -> "The key, or the address it came from, asked too often.";
      case TOO_MANY_PENDING -> "The account has as many unfinished batches as it may have.";
      case INTERNAL -> "The server has a defect or its machine failed; nothing was half done.";
      case UNAVAILABLE -> "The server or its database cannot be reached; nothing was half done.";
    };
  }

  private static String remedy(ProblemCode code) {
    return switch (code) {
      case INVALID_REQUEST, INVALID_ITEMS ->
          "Correct what <code>errors</code> lists and send it again.";
      case UNAUTHORIZED -> "Send <code>Authorization: Bearer hg_…</code> with a key that works.";
      case FORBIDDEN -> "Ask whoever runs the account for a key with the scope that is named.";
      case NOT_FOUND -> "Check the path, the id and the account of the key.";
      case METHOD_NOT_ALLOWED -> "The header <code>Allow</code> lists the methods that work.";
      case INSUFFICIENT_CREDITS -> "Submit fewer items, or have credits granted.";
      case BATCH_FINISHED ->
          "Look at its <code>state</code>; retry or resubmit what did not succeed.";
      case BATCH_NOT_FINISHED -> "Wait for its end, or cancel it.";
      case NOTHING_TO_DO -> "Look at the <code>counts</code> of the batch.";
      case IDEMPOTENCY_CONFLICT -> "Use a new key for a new request.";
      case IDEMPOTENCY_IN_PROGRESS ->
          "Repeat the same request after <code>Retry-After</code> seconds.";
      case TOO_LARGE -> "Send less at once, or stream the items as NDJSON or CSV.";
      case UNSUPPORTED_MEDIA_TYPE -> "Use the content type that <code>detail</code> names.";
      case PROCESSOR_UNAVAILABLE -> "<code>GET /v1/processors</code> says what is missing.";
      case RATE_LIMITED, UNAVAILABLE -> "Try again after <code>Retry-After</code> seconds.";
      case TOO_MANY_PENDING -> "Wait for a batch to end, or cancel one.";
      case INTERNAL -> "Repeat it; tell the operator the <code>X-Request-Id</code> if it stays so.";
    };
  }
}
