package io.headgate.dialect.spidra;

import io.headgate.batch.Caller;
import io.headgate.batch.Ids;
import io.headgate.dialect.NativeDoor;
import io.headgate.dialect.VendorJson;
import io.headgate.http.Answer;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.view.BatchView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/batch/scrape/{batchId}}: where the batch stands, with all its items. */
record ShowBatch(NativeDoor door) implements Operation.Keyed {

  record Batch(
      String status,
      int totalUrls,
      int completedCount,
      int failedCount,
      Instant createdAt,
      @Nullable Instant finishedAt) {

    static Batch of(BatchView batch) {
      return new Batch(
          batch.status().state().word(),
          batch.counts().total(),
          batch.counts().succeeded(),
          batch.counts().failed(),
          batch.status().createdAt(),
          batch.status().finishedAt());
    }
  }

  @Override
  public Route route() {
    return Route.get("/api/batch/scrape/{batchId}");
  }

  @Override
  public Scope scope() {
    return Scope.READ;
  }

  @Override
  public Answer answer(Request request, Caller caller) {
    BatchView batch = door.find(caller, Ids.parse(request.pathText("batchId")));
    return VendorJson.answer(200, Batch.of(batch));
  }
}
