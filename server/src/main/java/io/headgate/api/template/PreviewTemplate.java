package io.headgate.api.template;

import io.headgate.batch.Caller;
import io.headgate.batch.ViolationKind;
import io.headgate.http.ApiResponse;
import io.headgate.http.InputError;
import io.headgate.http.InvalidInputException;
import io.headgate.http.Operation;
import io.headgate.http.Problem;
import io.headgate.http.ProblemCode;
import io.headgate.http.ProblemException;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.template.HtmlPage;
import io.headgate.template.TemplateLayout;
import io.headgate.template.TemplateResult;
import io.headgate.template.TemplateVersion;
import io.headgate.template.Templates;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * {@code POST /v1/templates/{id}/preview}: returns the HTML with its variables filled in. The HTML
 * is untrusted, so it is sent as a download with a sandbox policy: a browser must not run its
 * scripts in the origin of this server.
 */
record PreviewTemplate(Templates templates) implements Operation.KeyedOperation {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /**
   * The request body.
   *
   * @param layout the default layout when null
   * @param version the newest version when null
   */
  record PreviewForm(
      @Nullable JsonNode variables, @Nullable String layout, @Nullable Integer version) {

    static final PreviewForm EMPTY = new PreviewForm(null, null, null);

    PreviewForm {
      if (variables != null && !variables.isNull() && !variables.isObject()) {
        throw new InvalidInputException("variables", "must be an object", ViolationKind.WRONG_TYPE);
      }
    }
  }

  @Override
  public Route route() {
    return Route.post("/v1/templates/{id}/preview");
  }

  @Override
  public Scope scope() {
    return Scope.READ;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    request.query().requireOnly();
    TemplateVersion newest = TemplateOperations.find(templates, request, caller).version();
    PreviewForm body = request.jsonOr(PreviewForm.class, PreviewForm.EMPTY);
    return switch (render(version(newest, body, caller), body)) {
      case HtmlPage html -> page(html);
      case TemplateResult.TemplateProblem problem -> throw refused(problem);
    };
  }

  private TemplateVersion version(TemplateVersion newest, PreviewForm body, Caller caller) {
    Integer number = body.version();
    return number == null
        ? newest
        : templates
            .version(caller.account(), newest.template(), number)
            .orElseThrow(
                () -> invalid("version", "must be the number of a version of the template"));
  }

  private TemplateResult render(TemplateVersion version, PreviewForm body) {
    try {
      return templates
          .renderer()
          .html(
              version,
              Objects.requireNonNullElse(body.layout(), TemplateLayout.DEFAULT),
              Objects.requireNonNullElse(body.variables(), JsonNodeFactory.instance.objectNode()),
              TIMEOUT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.of(ProblemCode.UNAVAILABLE, "The server is stopping.").asException();
    }
  }

  private static ApiResponse page(HtmlPage html) {
    return ApiResponse.text(200, "text/html", html.html())
        .withHeader("Content-Security-Policy", "sandbox; default-src 'none'")
        .withHeader("Content-Disposition", "attachment; filename=\"preview.html\"");
  }

  private static ProblemException refused(TemplateResult.TemplateProblem problem) {
    return switch (problem) {
      case TemplateResult.MissingVariable(String name) ->
          invalid("variables." + name, "is required");
      case TemplateResult.InvalidVariable(String name, String why) ->
          invalid("variables." + name, why);
      case TemplateResult.ExpressionError error -> invalid("variables", error.message());
      case TemplateResult.TooLarge(String why) -> invalid("variables", why);
      case TemplateResult.UnknownLayout _ ->
          invalid("layout", "must be the name of a layout of the template");
    };
  }

  private static ProblemException invalid(String field, String message) {
    return Problem.invalid(InputError.field(field, message)).asException();
  }
}
