package io.headgate.dialect.spidra;

import io.headgate.batch.Caller;
import io.headgate.dialect.NativeBatches;
import io.headgate.dialect.VendorJson;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.view.Batches;
import java.util.List;

/** {@code GET /api/scrape-logs}: lists the single scrapes that have ended, newest first. */
record SpidraListLogs(NativeBatches batches, SpidraJobResults results)
    implements Operation.KeyedOperation {

  record SpidraLogList(String status, SpidraLogPage data) {}

  record SpidraLogPage(List<SpidraLog> logs, long total) {}

  @Override
  public Route route() {
    return Route.get("/api/scrape-logs");
  }

  @Override
  public Scope scope() {
    return Scope.READ;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    request.discardBody();
    SpidraPaging paging = SpidraPaging.of(request);
    SpidraLogPage data =
        SpidraLogFilter.of(request.query(), batches.filter())
            .map(filter ->
                page(request, batches.page(caller, filter, paging.page(), paging.limit()), caller))
            .orElse(new SpidraLogPage(List.of(), 0));
    return VendorJson.answer(200, new SpidraLogList("ok", data));
  }

  private SpidraLogPage page(Request request, Batches.BatchPage page, Caller caller) {
    List<SpidraLog> logs =
        page.batches().stream()
            .map(job -> SpidraLog.of(job, results.of(request, job, caller), null))
            .toList();
    return new SpidraLogPage(logs, page.total());
  }
}
