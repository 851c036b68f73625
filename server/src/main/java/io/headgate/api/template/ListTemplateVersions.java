package io.headgate.api.template;

import io.headgate.batch.Caller;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Page;
import io.headgate.http.PageCursors;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.template.Templates;
import java.util.UUID;
import java.util.function.Function;

/** {@code GET /v1/templates/{id}/versions}: lists the versions of a template, newest first. */
record ListTemplateVersions(Templates templates, PageCursors cursors)
    implements Operation.KeyedOperation {

  @Override
  public Route route() {
    return Route.get("/v1/templates/{id}/versions");
  }

  @Override
  public Scope scope() {
    return Scope.READ;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    request.query().requireOnly("limit", "cursor");
    UUID id = TemplateOperations.find(templates, request, caller).head().id();
    Page.PageQuery pageRequest = Page.PageQuery.of(request, cursors);
    String after = pageRequest.after();
    int before = after == null ? Integer.MAX_VALUE : Integer.parseInt(after);
    var rows = templates.versions(caller.account(), id, before, pageRequest.rowsToRead());
    return ApiResponse.json(
        200, pageRequest.of(rows, row -> Integer.toString(row.version()), Function.identity()));
  }
}
