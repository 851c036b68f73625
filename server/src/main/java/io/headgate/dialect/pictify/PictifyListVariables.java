package io.headgate.dialect.pictify;

import io.headgate.batch.Caller;
import io.headgate.dialect.VendorJson;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.template.TemplateHead;
import java.util.List;

/** {@code GET /templates/{uid}/variables}: lists the variables of a template. */
record PictifyListVariables(PictifyTemplates templates) implements Operation.KeyedOperation {

  record PictifyVariableList(
      String templateUid, String templateName, List<PictifyVariable> variables) {}

  @Override
  public Route route() {
    return Route.get("/templates/{uid}/variables");
  }

  @Override
  public Scope scope() {
    return Scope.READ;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    TemplateHead head = templates.require(caller, request.pathParameter("uid"));
    return VendorJson.answer(
        200,
        new PictifyVariableList(
            head.uid(),
            head.labels().name(),
            head.variables().stream().map(PictifyVariable::of).toList()));
  }
}
