package io.headgate.template;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a template is to be, as its author says it.
 *
 * @param layouts by key, in an order that is kept
 * @param variables what the author says of them; those of the HTML are found anyway
 */
public record Content(
    Engine engine,
    OutputFormat outputFormat,
    int width,
    int height,
    String html,
    Map<String, Layout> layouts,
    List<Variable> variables) {

  public Content {
    layouts = Collections.unmodifiableMap(new LinkedHashMap<>(layouts));
    variables = List.copyOf(variables);
  }

  static Content of(TemplateVersion version) {
    return new Content(
        version.engine(),
        version.outputFormat(),
        version.width(),
        version.height(),
        version.html(),
        version.layouts(),
        version.variables().stream().filter(Variable::declared).toList());
  }
}
