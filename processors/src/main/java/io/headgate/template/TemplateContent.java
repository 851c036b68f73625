package io.headgate.template;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The versioned part of a template, as its author wrote it.
 *
 * @param layouts by key, in the order of the author
 * @param variables those that the author declared; the others are found in the HTML
 */
public record TemplateContent(
    TemplateLanguage engine,
    OutputFormat outputFormat,
    int width,
    int height,
    String html,
    Map<String, TemplateLayout> layouts,
    List<Variable> variables) {

  public TemplateContent {
    layouts = Collections.unmodifiableMap(new LinkedHashMap<>(layouts));
    variables = List.copyOf(variables);
  }

  static TemplateContent of(TemplateVersion version) {
    return new TemplateContent(
        version.engine(),
        version.outputFormat(),
        version.width(),
        version.height(),
        version.html(),
        version.layouts(),
        version.variables().stream().filter(Variable::declared).toList());
  }
}
