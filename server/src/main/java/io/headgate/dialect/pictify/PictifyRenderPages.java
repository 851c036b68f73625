package io.headgate.dialect.pictify;

import io.headgate.batch.Caller;
import io.headgate.batch.ViolationKind;
import io.headgate.dialect.VendorJson;
import io.headgate.http.ApiResponse;
import io.headgate.http.InvalidInputException;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /pdf/multi-page}: renders one PDF with one or more pages per variable set. */
record PictifyRenderPages(PictifyTemplates templates, PictifySingleRenders renders)
    implements Operation.KeyedOperation {

  private static final int MAX_SETS = 100;

  record MultiPageRequest(
      @Nullable String templateUid,
      @Nullable List<JsonNode> variableSets,
      @Nullable PdfOptions options) {

    MultiPageRequest {
      if (variableSets == null) {
        throw InvalidInputException.missing("variableSets");
      }
      if (variableSets.isEmpty() || variableSets.size() > MAX_SETS) {
        throw new InvalidInputException(
            "variableSets", "must hold 1 to " + MAX_SETS + " sets", ViolationKind.OUT_OF_RANGE);
      }
      if (!variableSets.stream().allMatch(set -> set != null && set.isObject())) {
        throw new InvalidInputException(
            "variableSets", "must each be an object", ViolationKind.WRONG_TYPE);
      }
    }
  }

  @Override
  public Route route() {
    return Route.post("/pdf/multi-page");
  }

  @Override
  public Scope scope() {
    return Scope.WRITE;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    JsonNode body = VendorJson.bodyOrEmptyObject(request);
    MultiPageRequest form = VendorJson.convert(body, MultiPageRequest.class);
    PdfOptions pdf = form.options() == null ? PdfOptions.NONE : form.options();
    ObjectNode options = PictifyRenderPdf.options(templates, caller, form.templateUid(), pdf);
    ArrayNode sets = JsonNodeFactory.instance.arrayNode().addAll(form.variableSets());
    ObjectNode input = JsonNodeFactory.instance.objectNode().set("variable_sets", sets);
    return PictifyRenderPdf.answer(renders.render(request, caller, options, input), pdf);
  }
}
