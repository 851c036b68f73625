package io.headgate.template;

import io.headgate.template.expression.Expression;
import io.headgate.template.expression.ExpressionSyntax;
import io.headgate.template.expression.TemplateLimits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Renders a version of a template with variables into an HTML page. Rendering reads no file,
 * network or database, and the same input gives the same page. A bounded number of compiled
 * templates is cached. Safe for use by many threads.
 */
public final class TemplateRenderer {

  private final CompiledTemplates cache = new CompiledTemplates();

  /**
   * Renders a template. It ends soon after {@code timeLimit}, whatever the template and the
   * variables are, and within the limits of {@link TemplateLimits}.
   *
   * @param layout a key of the version's layouts, or {@link TemplateLayout#DEFAULT}
   * @param variables an object; any other value counts as an empty object
   * @throws InterruptedException when the thread is interrupted; its interrupt flag is cleared
   */
  public TemplateResult html(
      TemplateVersion version, String layout, JsonNode variables, Duration timeLimit)
      throws InterruptedException {
    Optional<TemplateLayout> shape = shape(version, layout);
    if (shape.isEmpty()) {
      return new TemplateResult.UnknownLayout(layout);
    }
    JsonNode given = variables.isObject() ? variables : JsonNodeFactory.instance.objectNode();
    Optional<TemplateResult.TemplateProblem> problem =
        VariableValidator.problem(version.variables(), given);
    return problem.isPresent()
        ? problem.get()
        : render(version, layout, shape.get(), new RenderArguments(given, timeLimit));
  }

  private record RenderArguments(JsonNode given, Duration timeLimit) {}

  private static Optional<TemplateLayout> shape(TemplateVersion version, String layout) {
    return layout.equals(TemplateLayout.DEFAULT)
        ? Optional.of(new TemplateLayout("Default", version.width(), version.height(), null))
        : Optional.ofNullable(version.layouts().get(layout));
  }

  private TemplateResult render(
      TemplateVersion version, String key, TemplateLayout shape, RenderArguments filling)
      throws InterruptedException {
    String own = shape.html();
    String source = own == null ? version.html() : own;
    CompiledTemplates.TemplateKey name =
        new CompiledTemplates.TemplateKey(
            version.template(), version.version(), own == null ? TemplateLayout.DEFAULT : key);
    CompiledTemplate template = cache.get(name, source, raw(version.variables()));
    JsonNode variables = VariableValidator.withDefaults(version.variables(), filling.given());
    RenderContext context =
        new RenderContext(ExpressionSyntax.PAGE, variables, filling.timeLimit());
    OutputBuffer page = new OutputBuffer("page");
    try {
      new NodeWriter(context, page, TemplateRenderer::format).write(template.nodes());
    } catch (RenderAborted e) {
      return e.problem();
    }
    return new HtmlPage(page.toString(), key, shape.name(), shape.width(), shape.height());
  }

  private static String format(TemplateNode.Value node, JsonNode value) {
    String text = Expression.display(value);
    boolean script = node.place().script() && node.expression().isJsonCall();
    return node.raw() || script ? text : PageEscaper.escape(node.place(), text);
  }

  static Set<String> raw(List<Variable> variables) {
    return variables.stream()
        .filter(Variable::raw)
        .map(Variable::name)
        .collect(Collectors.toUnmodifiableSet());
  }
}
