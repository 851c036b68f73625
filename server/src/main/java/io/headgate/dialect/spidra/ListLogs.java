package io.headgate.dialect.spidra;

import io.headgate.batch.Caller;
import io.headgate.dialect.NativeBatches;
import io.headgate.dialect.VendorJson;
import io.headgate.http.Answer;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.view.Batches;
import java.util.List;

/** {@code GET /api/scrape-logs}: lists the single scrapes that have ended, newest first. */
record ListLogs(NativeBatches batches, JobResults results) implements Operation.Keyed {

  record Listed(String status, Data data) {}

  record Data(List<Log> logs, long total) {}

  @Override
  public Route route() {
    return Route.get("/api/scrape-logs");
  }

  @Override
  public Scope scope() {
    return Scope.READ;
  }

  @Override
  public Answer answer(Request request, Caller caller) {
    request.ignoreBody();
    Paging paging = Paging.of(request);
    Data data =
        LogFilter.of(request.query(), batches.filter())
            .map(filter ->
                page(request, batches.page(caller, filter, paging.page(), paging.limit()), caller))
            .orElse(new Data(List.of(), 0));
    return VendorJson.answer(200, new Listed("ok", data));
  }

  private Data page(Request request, Batches.Numbered page, Caller caller) {
    List<Log> logs =
        page.batches().stream()
            .map(job -> Log.of(job, results.of(request, job, caller), null))
            .toList();
    return new Data(logs, page.total());
  }
}
