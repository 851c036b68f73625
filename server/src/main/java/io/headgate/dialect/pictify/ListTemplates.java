package io.headgate.dialect.pictify;

import io.headgate.batch.Caller;
import io.headgate.dialect.VendorJson;
import io.headgate.http.Answer;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.template.OutputFormat;
import io.headgate.template.Templates;
import io.headgate.template.Templates.Sorting;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code GET /templates}: lists templates. Automation tools check their key with it. */
record ListTemplates(TemplateDoor templates) implements Operation.Keyed {

  private static final int USUAL = 12;
  private static final String ALL = "all";

  record Listed(List<TemplateJson> templates, Pagination pagination) {}

  @Override
  public Route route() {
    return Route.get("/templates");
  }

  @Override
  public Scope scope() {
    return Scope.READ;
  }

  @Override
  public Answer answer(Request request, Caller caller) {
    Pagination.Asked asked = Pagination.asked(request.query(), USUAL);
    Sorting sort =
        request
            .query()
            .word(
                "sort",
                word -> Sorting.valueOf(word.toUpperCase(Locale.ROOT)),
                "newest, oldest, name")
            .orElse(Sorting.NEWEST);
    Optional<OutputFormat> format =
        request
            .query()
            .word("outputFormat", ListTemplates::format, "all, image, pdf")
            .orElse(Optional.empty());
    Templates.Slice slice =
        templates
            .stored()
            .page(
                caller.account(),
                new Templates.Asked(
                    sort, format, asked.limit(), (asked.page() - 1L) * asked.limit()));
    return VendorJson.answer(
        200,
        new Listed(
            slice.templates().stream().map(TemplateJson::of).toList(), asked.of(slice.total())));
  }

  private static Optional<OutputFormat> format(String word) {
    if (word.equals(ALL)) {
      return Optional.empty();
    }
    return Optional.of(OutputFormat.of(word).orElseThrow(() -> new IllegalArgumentException(word)));
  }
}
