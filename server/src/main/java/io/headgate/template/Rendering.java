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
public final class Rendering {

  private final CompiledTemplates compiled = new CompiledTemplates();

  /**
   * Renders a template. It ends soon after {@code patience}, whatever the template and the
   * variables are, and within the limits of {@link TemplateLimits}.
   *
   * @param layout a key of the version's layouts, or {@link Layout#DEFAULT}
   * @param variables an object; any other value counts as an empty object
   * @throws InterruptedException when the thread is interrupted; its interrupt flag is cleared
   */
  public Rendered html(
      TemplateVersion version, String layout, JsonNode variables, Duration patience)
      throws InterruptedException {
    Optional<Layout> shape = shape(version, layout);
    if (shape.isEmpty()) {
      return new Rendered.UnknownLayout(layout);
    }
    JsonNode given = variables.isObject() ? variables : JsonNodeFactory.instance.objectNode();
    Optional<Rendered.Problem> problem = VariableCheck.problem(version.variables(), given);
    return problem.isPresent()
        ? problem.get()
        : render(version, layout, shape.get(), new Filling(given, patience));
  }

  private record Filling(JsonNode given, Duration patience) {}

  private static Optional<Layout> shape(TemplateVersion version, String layout) {
    return layout.equals(Layout.DEFAULT)
        ? Optional.of(new Layout("Default", version.width(), version.height(), null))
        : Optional.ofNullable(version.layouts().get(layout));
  }

  private Rendered render(TemplateVersion version, String key, Layout shape, Filling filling)
      throws InterruptedException {
    String own = shape.html();
    String source = own == null ? version.html() : own;
    CompiledTemplates.Key name =
        new CompiledTemplates.Key(
            version.template(), version.version(), own == null ? Layout.DEFAULT : key);
    Compiled template = compiled.get(name, source, raw(version.variables()));
    JsonNode variables = VariableCheck.completed(version.variables(), filling.given());
    RenderContext context = new RenderContext(ExpressionSyntax.PAGE, variables, filling.patience());
    PageText page = new PageText("page");
    try {
      new NodeWriter(context, page, Rendering::format).write(template.nodes());
    } catch (Stopped e) {
      return e.problem();
    }
    return new Html(page.toString(), key, shape.name(), shape.width(), shape.height());
  }

  private static String format(TemplateNode.Value node, JsonNode value) {
    String text = Expression.shown(value);
    boolean script = node.place().script() && node.expression().json();
    return node.raw() || script ? text : Escape.in(node.place(), text);
  }

  static Set<String> raw(List<Variable> variables) {
    return variables.stream()
        .filter(Variable::raw)
        .map(Variable::name)
        .collect(Collectors.toUnmodifiableSet());
  }
}
