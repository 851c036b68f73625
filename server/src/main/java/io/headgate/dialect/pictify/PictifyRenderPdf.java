package io.headgate.dialect.pictify;

import io.headgate.batch.Caller;
import io.headgate.dialect.VendorJson;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /pdf/render}: renders one PDF of a template. */
record PictifyRenderPdf(PictifyTemplates templates, PictifySingleRenders renders)
    implements Operation.KeyedOperation {

  record PdfRequest(@Nullable String templateUid, @Nullable PdfOptions options) {}

  record PageSize(double width, double height) {}

  record Document(boolean success, String url, int pageCount, String preset, PageSize pageSize) {}

  @Override
  public Route route() {
    return Route.post("/pdf/render");
  }

  @Override
  public Scope scope() {
    return Scope.WRITE;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    JsonNode body = VendorJson.bodyOrEmptyObject(request);
    PdfRequest form = VendorJson.convert(body, PdfRequest.class);
    PdfOptions pdf = form.options() == null ? PdfOptions.NONE : form.options();
    ObjectNode options = options(templates, caller, form.templateUid(), pdf);
    return answer(renders.render(request, caller, options, RenderVariables.input(body)), pdf);
  }

  /** The options of the processor {@code render}. The paper is checked before the template. */
  static ObjectNode options(
      PictifyTemplates templates, Caller caller, @Nullable String template, PdfOptions pdf) {
    ObjectNode page = pdf.page();
    String uid = templates.require(caller, template == null ? "" : template).uid();
    ObjectNode options = JsonNodeFactory.instance.objectNode();
    options.put("format", "pdf").put("template", uid).set("page", page);
    return options;
  }

  static ApiResponse answer(PictifyRenderResult rendered, PdfOptions pdf) {
    PictifyRenderResult.RenderedImage document = rendered.results().getFirst();
    PdfOptions.PaperSize paper = pdf.paper();
    return VendorJson.answer(
        200,
        new Document(
            true,
            document.url(),
            document.pages(),
            paper.preset(),
            new PageSize(paper.width(), paper.height())));
  }
}
