package io.headgate.api.batch;

import io.headgate.batch.BatchState;
import io.headgate.batch.Caller;
import io.headgate.engine.CancelPreview;
import io.headgate.engine.CancelResult;
import io.headgate.engine.Engine;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.refusal.Refusals;
import java.util.UUID;

/** {@code POST /v1/batches/{id}/cancel}: cancels a batch and returns its receipt, or a preview. */
record CancelBatch(Engine engine) implements Operation.KeyedOperation {

  record PreviewJson(
      boolean preview, int wouldStop, int running, long wouldRefund, BatchState state) {}

  @Override
  public Route route() {
    return Route.post("/v1/batches/{id}/cancel");
  }

  @Override
  public Scope scope() {
    return Scope.CANCEL;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    UUID id = request.pathId("id");
    boolean preview = request.query().requireOnly("preview").flag("preview");
    CancelForm form = request.jsonOr(CancelForm.class, CancelForm.DEFAULT);
    return preview ? preview(caller, id) : cancel(caller, id, form);
  }

  private ApiResponse cancel(Caller caller, UUID id, CancelForm form) {
    return switch (engine.cancel(caller, id, form.order())) {
      case CancelResult.Fenced(String receipt, boolean first) -> ApiResponse.rawJson(200, receipt);
      case CancelResult.AlreadyFinished(BatchState state) -> throw Refusals.finished(state);
      case CancelResult.NoSuchBatch() -> throw Refusals.notFound();
    };
  }

  private ApiResponse preview(Caller caller, UUID id) {
    return switch (engine.preview(caller, id)) {
      case CancelPreview.WouldStop(int items, int running, long refund, BatchState state) ->
          ApiResponse.json(200, new PreviewJson(true, items, running, refund, state));
      case CancelPreview.PreviewAlreadyFinished(BatchState state) -> throw Refusals.finished(state);
      case CancelPreview.PreviewNoSuchBatch() -> throw Refusals.notFound();
    };
  }
}
