package io.headgate.api.batch;

import io.headgate.batch.Caller;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Page;
import io.headgate.http.PageCursors;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.view.BatchView;
import io.headgate.view.Batches;
import java.util.UUID;

/** {@code GET /v1/batches}: lists the batches of the account, newest first. */
record ListBatches(Batches batches, PageCursors cursors) implements Operation.KeyedOperation {

  @Override
  public Route route() {
    return Route.get("/v1/batches");
  }

  @Override
  public Scope scope() {
    return Scope.READ;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    request
        .query()
        .requireOnly(
            "limit",
            "cursor",
            "state",
            "processor",
            "name",
            "metadata.",
            "created_after",
            "created_before");
    Page.PageQuery pageRequest = Page.PageQuery.of(request, cursors);
    UUID before = pageRequest.after() == null ? null : UUID.fromString(pageRequest.after());
    io.headgate.view.ListPage<BatchView> page =
        batches.list(
            caller.account(), FilterForm.of(request.query()).filter(), before, pageRequest.limit());
    return ApiResponse.json(
        200,
        pageRequest.of(page.data(), page.hasMore(), batch -> batch.id().toString(), BatchJson::of));
  }
}
