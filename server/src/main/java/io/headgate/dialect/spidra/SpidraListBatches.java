package io.headgate.dialect.spidra;

import io.headgate.batch.Caller;
import io.headgate.dialect.NativeBatches;
import io.headgate.dialect.VendorJson;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.view.BatchView;
import io.headgate.view.Batches;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/batch/scrape}: lists batches, newest first, without their items. */
record SpidraListBatches(NativeBatches batches) implements Operation.KeyedOperation {

  record SpidraBatchList(List<SpidraBatchSummary> jobs, SpidraPaging.SpidraPagination pagination) {}

  record SpidraBatchSummary(
      UUID uuid,
      String status,
      int totalUrls,
      int completedCount,
      int failedCount,
      String outputFormat,
      String scrapingChannel,
      Instant createdAt,
      @Nullable Instant finishedAt) {

    static SpidraBatchSummary of(BatchView batch) {
      return new SpidraBatchSummary(
          batch.id(),
          SpidraStateNames.of(batch.status().state()),
          batch.counts().total(),
          batch.counts().succeeded(),
          batch.counts().failed(),
          SpidraStoredRequest.readFrom(batch).output().wireName(),
          "api",
          batch.status().createdAt(),
          batch.status().finishedAt());
    }
  }

  @Override
  public Route route() {
    return Route.get("/api/batch/scrape");
  }

  @Override
  public Scope scope() {
    return Scope.READ;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    request.discardBody();
    SpidraPaging paging = SpidraPaging.of(request);
    Batches.BatchPage page = batches.page(caller, paging.page(), paging.limit());
    List<SpidraBatchSummary> jobs = page.batches().stream().map(SpidraBatchSummary::of).toList();
    return VendorJson.answer(200, new SpidraBatchList(jobs, paging.pagination(page.total())));
  }
}
