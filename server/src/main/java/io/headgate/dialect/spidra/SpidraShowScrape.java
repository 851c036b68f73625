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
import org.jspecify.annotations.Nullable;

/** {@code GET /api/scrape/{jobId}}: the status of a single scrape, with its result. */
record SpidraShowScrape(NativeBatches batches, SpidraJobResults results)
    implements Operation.KeyedOperation {

  record SpidraJob(
      String status,
      JobProgress progress,
      @Nullable SpidraJobResult result,
      @Nullable String error) {}

  /**
   * The progress of a job.
   *
   * @param progress 0 to 1
   */
  record JobProgress(String message, double progress) {}

  @Override
  public Route route() {
    return Route.get("/api/scrape/{jobId}");
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
            .find(caller, Ids.parse(request.pathParameter("jobId")))
            .orElseThrow(() -> SpidraErrors.notFound("Job").asException());
    return VendorJson.answer(200, job(request, job, caller));
  }

  private SpidraJob job(Request request, BatchView job, Caller caller) {
    double done = (double) job.counts().settled() / job.counts().total();
    return switch (job.status().state()) {
      case PENDING -> new SpidraJob("waiting", new JobProgress("Waiting", 0), null, null);
      case RUNNING -> new SpidraJob("active", new JobProgress("Scraping", done), null, null);
      case COMPLETED, PARTIAL -> {
        SpidraJobResult result = results.of(request, job, caller);
        yield new SpidraJob("completed", new JobProgress("Completed", 1), result, null);
      }
      case FAILED -> {
        SpidraJobResult result = results.of(request, job, caller);
        yield new SpidraJob("failed", new JobProgress("Failed", 1), null, result.firstError());
      }
      case CANCELLING, CANCELLED ->
          new SpidraJob(
              "failed", new JobProgress("Cancelled", done), null, "The job was cancelled.");
    };
  }
}
