package io.headgate.dialect.spidra;

import io.headgate.batch.Caller;
import io.headgate.batch.Ids;
import io.headgate.dialect.NativeBatches;
import io.headgate.dialect.NativeRetry;
import io.headgate.dialect.VendorJson;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.ProblemCode;
import io.headgate.http.ProblemException;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.view.BatchView;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** {@code POST /api/batch/scrape/{batchId}/retry}: queues the failed items of a batch again. */
record SpidraRetryBatch(NativeBatches batches, NativeRetry retry)
    implements Operation.KeyedOperation {

  record QueuedRetry(String status, int retriedCount) {}

  @Override
  public Route route() {
    return Route.post("/api/batch/scrape/{batchId}/retry");
  }

  @Override
  public Scope scope() {
    return Scope.WRITE;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    BatchView batch = batches.require(caller, Ids.parse(request.pathParameter("batchId")));
    try {
      return retry.retry(
          request,
          caller,
          batch,
          cookies(request),
          items -> VendorJson.answer(202, new QueuedRetry("queued", items)));
    } catch (ProblemException e) {
      throw e.problem().code() == ProblemCode.BATCH_FINISHED
          ? e.problem().withExtension("verb", "retry").asException()
          : e;
    }
  }

  /** The body is optional, and ignored if it is not JSON. */
  private static Optional<JsonNode> cookies(Request request) {
    return VendorJson.lenientBody(request)
        .map(body -> body.path("cookies"))
        .filter(JsonNode::isString)
        .map(JsonNode::asString)
        .filter(ScrapeRequest::isCookieHeader)
        .map(ScrapeRequest::cookies);
  }
}
