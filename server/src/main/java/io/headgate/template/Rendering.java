package io.headgate.template;

import com.github.jknack.handlebars.HandlebarsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * From a version of a template and variables to a finished page. Pure: it reads no clock, file,
 * network or database, and the same input gives the same page. Compiled templates are kept for
 * later renders, a bounded number of them. For many threads.
 */
public final class Rendering {

  private final CompiledTemplates compiled = new CompiledTemplates();

  /**
   * Fills a template in. It ends soon after {@code patience}, whatever the template and the
   * variables are, and writes at most 10 million characters.
   *
   * @param layout a key of the version's layouts, or {@link Layout#DEFAULT}
   * @param variables an object; anything else counts as an empty one
   * @throws InterruptedException when the thread is interrupted meanwhile
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
    Run run = new Run(template, variables, filling.patience());
    try {
      Helpers.render(template, run);
    } catch (HandlebarsException e) {
      return answer(e);
    } catch (Stopped e) {
      return answer(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Html(run.page().toString(), key, shape.name(), shape.width(), shape.height());
  }

  static Set<String> raw(List<Variable> variables) {
    return variables.stream()
        .filter(Variable::raw)
        .map(Variable::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Handlebars wraps what a helper throws. */
  private static Rendered answer(RuntimeException thrown) throws InterruptedException {
    Throwable cause = thrown;
    while (cause != null && !(cause instanceof Stopped)) {
      cause = cause.getCause();
    }
    if (!(cause instanceof Stopped stopped)) {
      throw thrown;
    }
    Rendered.Problem problem = stopped.problem();
    if (problem == null) {
      Thread.interrupted(); // told by the exception
      throw new InterruptedException();
    }
    return problem;
  }
}
