package io.headgate.dialect.spidra;

import io.headgate.batch.Caller;
import io.headgate.batch.Ids;
import io.headgate.dialect.NativeBatches;
import io.headgate.dialect.VendorJson;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.view.BatchView;

/** {@code GET /api/scrape-logs/{uuid}}: the log of one single scrape, with its result. */
record SpidraShowLog(NativeBatches batches, SpidraJobResults results)
    implements Operation.KeyedOperation {

  record SpidraLogResponse(String status, SpidraLog data) {}

  @Override
  public Route route() {
    return Route.get("/api/scrape-logs/{uuid}");
  }

  @Override
  public Scope scope() {
    return Scope.READ;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    request.discardBody();
    BatchView job =
        batches
            .find(caller, Ids.parse(request.pathParameter("uuid")))
            .filter(found -> SpidraLogFilter.ENDED.contains(found.status().state()))
            .orElseThrow(() -> SpidraErrors.notFound("Log").asException());
    SpidraJobResult result = results.of(request, job, caller);
    return VendorJson.answer(
        200, new SpidraLogResponse("ok", SpidraLog.of(job, result, result.content())));
  }
}
