package io.headgate.api.template;

import io.headgate.api.PageStart;
import io.headgate.batch.Caller;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Page;
import io.headgate.http.PageCursors;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.template.Templates;

/** {@code GET /v1/templates}: lists the account's templates, newest first, without their HTML. */
record ListTemplates(Templates templates, PageCursors cursors) implements Operation.KeyedOperation {

  @Override
  public Route route() {
    return Route.get("/v1/templates");
  }

  @Override
  public Scope scope() {
    return Scope.READ;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    request.query().requireOnly("limit", "cursor");
    Page.PageQuery pageRequest = Page.PageQuery.of(request, cursors);
    var rows =
        templates.list(caller.account(), PageStart.idBefore(pageRequest), pageRequest.rowsToRead());
    return ApiResponse.json(
        200, pageRequest.of(rows, head -> head.id().toString(), TemplateJson::of));
  }
}
