package io.headgate.dialect.pictify;

import io.headgate.batch.Caller;
import io.headgate.dialect.VendorJson;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.template.OutputFormat;
import io.headgate.template.Templates;
import io.headgate.template.Templates.TemplateOrder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code GET /templates}: lists templates. Automation tools check their key with it. */
record PictifyListTemplates(PictifyTemplates templates) implements Operation.KeyedOperation {

  private static final int DEFAULT_LIMIT = 12;
  private static final String ALL = "all";

  record PictifyTemplateList(List<PictifyTemplate> templates, PictifyPagination pagination) {}

  @Override
  public Route route() {
    return Route.get("/templates");
  }

  @Override
  public Scope scope() {
    return Scope.READ;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    PictifyPagination.PictifyPageRequest requested =
        PictifyPagination.requested(request.query(), DEFAULT_LIMIT);
    TemplateOrder sort =
        request
            .query()
            .oneOf(
                "sort",
                name -> TemplateOrder.valueOf(name.toUpperCase(Locale.ROOT)),
                "newest, oldest, name")
            .orElse(TemplateOrder.NEWEST);
    Optional<OutputFormat> format =
        request
            .query()
            .oneOf("outputFormat", PictifyListTemplates::format, "all, image, pdf")
            .orElse(Optional.empty());
    Templates.TemplatePage slice =
        templates
            .store()
            .page(
                caller.account(),
                new Templates.TemplatePageRequest(
                    sort, format, requested.limit(), (requested.page() - 1L) * requested.limit()));
    return VendorJson.answer(
        200,
        new PictifyTemplateList(
            slice.templates().stream().map(PictifyTemplate::of).toList(),
            requested.of(slice.total())));
  }

  private static Optional<OutputFormat> format(String name) {
    if (name.equals(ALL)) {
      return Optional.empty();
    }
    return Optional.of(OutputFormat.of(name).orElseThrow(() -> new IllegalArgumentException(name)));
  }
}
