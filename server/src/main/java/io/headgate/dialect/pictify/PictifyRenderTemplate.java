package io.headgate.dialect.pictify;

import io.headgate.batch.Caller;
import io.headgate.dialect.VendorJson;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Rfc3339;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import java.time.InstantSource;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /templates/{uid}/render}: renders one variable set, one image per layout. */
record PictifyRenderTemplate(
    PictifyTemplates templates, PictifySingleRenders renders, InstantSource clock)
    implements Operation.KeyedOperation {

  record RenderedLayouts(
      List<PictifyRenderResult.RenderedImage> results,
      List<PictifyRenderResult.LayoutError> errors,
      int totalLayouts,
      int totalRendered,
      int totalErrors,
      String templateUid) {}

  @Override
  public Route route() {
    return Route.post("/templates/{uid}/render");
  }

  @Override
  public Scope scope() {
    return Scope.WRITE;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    JsonNode body = VendorJson.bodyOrEmptyObject(request);
    RenderStyle style = VendorJson.convert(body, RenderStyle.class);
    String uid = templates.require(caller, request.pathParameter("uid")).uid();
    ObjectNode options = style.options().put("template", uid);
    PictifyRenderResult rendered =
        renders.render(request, caller, options, RenderVariables.input(body));
    String now = Rfc3339.format(clock.instant());
    return VendorJson.answer(
        200,
        new RenderedLayouts(
            rendered.results().stream().map(picture -> picture.createdAt(now)).toList(),
            rendered.errors(),
            rendered.results().size() + rendered.errors().size(),
            rendered.results().size(),
            rendered.errors().size(),
            uid));
  }
}
