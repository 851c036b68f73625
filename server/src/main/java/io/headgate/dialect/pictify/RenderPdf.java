package io.headgate.dialect.pictify;

import io.headgate.batch.Caller;
import io.headgate.dialect.VendorJson;
import io.headgate.http.Answer;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /pdf/render}: renders one PDF of a template. */
record RenderPdf(TemplateDoor templates, Renders renders) implements Operation.Keyed {

  record Form(@Nullable String templateUid, @Nullable PdfOptions options) {}

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
  public Answer answer(Request request, Caller caller) {
    JsonNode body = VendorJson.bodyOrEmptyObject(request);
    Form form = VendorJson.as(body, Form.class);
    PdfOptions pdf = form.options() == null ? PdfOptions.NONE : form.options();
    ObjectNode options = options(templates, caller, form.templateUid(), pdf);
    return answer(renders.one(request, caller, options, Variables.input(body)), pdf);
  }

  /** The options of the processor {@code render}. The paper is checked before the template. */
  static ObjectNode options(
      TemplateDoor templates, Caller caller, @Nullable String template, PdfOptions pdf) {
    ObjectNode page = pdf.page();
    String uid = templates.require(caller, template == null ? "" : template).uid();
    ObjectNode options = JsonNodeFactory.instance.objectNode();
    options.put("format", "pdf").put("template", uid).set("page", page);
    return options;
  }

  static Answer answer(Rendered rendered, PdfOptions pdf) {
    Rendered.Picture made = rendered.results().getFirst();
    PdfOptions.Paper paper = pdf.paper();
    return VendorJson.answer(
        200,
        new Document(
            true,
            made.url(),
            made.pages(),
            paper.preset(),
            new PageSize(paper.width(), paper.height())));
  }
}
