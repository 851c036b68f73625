package io.headgate.api.admin;

import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Problem;
import io.headgate.http.ProblemCode;
import io.headgate.http.Request;
import io.headgate.http.Route;

/** {@code GET /problems/{code}}: explains a problem code and what to do about it, as HTML. */
record ShowProblem() implements Operation.OpenOperation {

  @Override
  public Route route() {
    return Route.get("/problems/{code}");
  }

  @Override
  public ApiResponse handle(Request request) {
    ProblemCode code =
        ProblemCode.of(request.pathParameter("code"))
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
            .formatted(code.title(), code.wireName(), code.status(), meaning(code), remedy(code));
    return ApiResponse.text(200, "text/html", page)
        .withHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
  }

  private static String meaning(ProblemCode code) {
    return switch (code) {
      case INVALID_REQUEST -> "The body, a parameter or a header is invalid.";
      case INVALID_ITEMS -> "Items of a submitted batch are invalid. Nothing was stored.";
      case UNAUTHORIZED -> "The request has no key, or its key is unknown, expired or revoked.";
      case FORBIDDEN ->
          "The key is valid, but its scopes or its account do not allow this operation.";
      case NOT_FOUND ->
          "The path does not exist, or the id is malformed, unknown or of another account.";
      case METHOD_NOT_ALLOWED -> "The path exists, but does not support this method.";
      case INSUFFICIENT_CREDITS ->
          "A batch reserves its credits when it is submitted. The account has too few.";
      case BATCH_FINISHED -> "The batch has ended. The operation is only possible before the end.";
      case BATCH_NOT_FINISHED ->
          "The batch has not ended. The operation is only possible after the end.";
      case NOTHING_TO_DO -> "No item or delivery is in a state that the operation could change.";
      case IDEMPOTENCY_CONFLICT ->
          "The Idempotency-Key was used with a different request within the last 24 hours.";
      case IDEMPOTENCY_IN_PROGRESS ->
          "The first request with this Idempotency-Key is still in progress.";
      case TOO_LARGE -> "The body, a line of it or the number of items exceeds its limit.";
      case UNSUPPORTED_MEDIA_TYPE -> "The path does not accept this Content-Type.";
      case PROCESSOR_UNAVAILABLE ->
          "This server cannot run the processor, because something it needs is not installed.";
      case RATE_LIMITED -> "The key or the client address has sent too many requests.";
      case TOO_MANY_PENDING -> "The account has reached its limit of unfinished batches.";
      case INTERNAL -> "The server or its machine failed. Nothing was partly stored.";
      case UNAVAILABLE -> "The server or its database is not available. Nothing was partly stored.";
    };
  }

  private static String remedy(ProblemCode code) {
    return switch (code) {
      case INVALID_REQUEST, INVALID_ITEMS ->
          "Correct the fields that <code>errors</code> lists and send the request again.";
      case UNAUTHORIZED -> "Send <code>Authorization: Bearer hg_…</code> with a valid key.";
      case FORBIDDEN ->
          "Ask the administrator of the account for a key with the scope that <code>detail</code>"
              + " names.";
      case NOT_FOUND -> "Check the path, the id and the account of the key.";
      case METHOD_NOT_ALLOWED -> "Use a method that the header <code>Allow</code> lists.";
      case INSUFFICIENT_CREDITS -> "Submit fewer items, or ask the operator to grant credits.";
      case BATCH_FINISHED ->
          "Read <code>state</code>. Retry failed items, or resubmit cancelled ones.";
      case BATCH_NOT_FINISHED -> "Wait until the batch has ended, or cancel it.";
      case NOTHING_TO_DO ->
          "Read the <code>counts</code> of the batch or the <code>state</code> of the delivery.";
      case IDEMPOTENCY_CONFLICT -> "Use a new Idempotency-Key for each new request.";
      case IDEMPOTENCY_IN_PROGRESS ->
          "Send the same request again after <code>Retry-After</code> seconds.";
      case TOO_LARGE -> "Send less in one request, or stream the items as NDJSON or CSV.";
      case UNSUPPORTED_MEDIA_TYPE -> "Use a content type that <code>detail</code> names.";
      case PROCESSOR_UNAVAILABLE ->
          "<code>GET /v1/processors</code> lists what is missing. Ask the operator to install it.";
      case RATE_LIMITED, UNAVAILABLE -> "Try again after <code>Retry-After</code> seconds.";
      case TOO_MANY_PENDING -> "Wait until a batch has ended, or cancel one.";
      case INTERNAL ->
          "Try again. If it fails again, send the operator the <code>X-Request-Id</code>.";
    };
  }
}
