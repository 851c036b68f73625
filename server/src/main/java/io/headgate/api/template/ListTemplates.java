package io.headgate.api.template;

import io.headgate.api.PageStart;
import io.headgate.batch.Caller;
import io.headgate.http.Answer;
import io.headgate.http.Cursors;
import io.headgate.http.Operation;
import io.headgate.http.Page;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.template.Templates;

/** {@code GET /v1/templates}: lists the account's templates, newest first, without their HTML. */
record ListTemplates(Templates templates, Cursors cursors) implements Operation.Keyed {

  @Override
  public Route route() {
    return Route.get("/v1/templates");
  }

  @Override
  public Scope scope() {
    return Scope.READ;
  }

  @Override
  public Answer answer(Request request, Caller caller) {
    request.query().only("limit", "cursor");
    Page.Asked pageRequest = Page.Asked.of(request, cursors);
    var rows = templates.list(caller.account(), PageStart.idBefore(pageRequest), pageRequest.rows());
    return Answer.json(200, pageRequest.of(rows, head -> head.id().toString(), TemplateJson::of));
  }
}
