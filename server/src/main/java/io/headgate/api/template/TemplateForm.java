package io.headgate.api.template;

import io.headgate.http.InvalidInputException;
import io.headgate.template.OutputFormat;
import io.headgate.template.TemplateContent;
import io.headgate.template.TemplateDraft;
import io.headgate.template.TemplateLabels;
import io.headgate.template.TemplateLanguage;
import io.headgate.template.TemplateLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The request body that creates or replaces a template. */
record TemplateForm(
    @Nullable String name,
    @Nullable String html,
    @Nullable TemplateLanguage engine,
    @Nullable Integer width,
    @Nullable Integer height,
    @Nullable OutputFormat outputFormat,
    @Nullable String type,
    @Nullable String category,
    @Nullable List<String> tags,
    @Nullable Map<String, LayoutJson> layouts,
    @Nullable List<VariableJson> variableDefinitions) {

  private static final int DEFAULT_WIDTH = 1200;
  private static final int DEFAULT_HEIGHT = 630;

  TemplateForm {
    if (name == null) {
      throw InvalidInputException.missing("name");
    }
    if (html == null) {
      throw InvalidInputException.missing("html");
    }
    requireNoNull("tags", tags);
    requireNoNull("variable_definitions", variableDefinitions);
    requireNoNull("layouts", layouts == null ? null : layouts.values());
  }

  private static void requireNoNull(String field, @Nullable Iterable<?> values) {
    if (values != null) {
      for (Object value : values) {
        if (value == null) {
          throw new InvalidInputException(field, "must not contain null");
        }
      }
    }
  }

  TemplateDraft draft() {
    return new TemplateDraft(
        new TemplateLabels(
            Objects.requireNonNull(name),
            type,
            category,
            Objects.requireNonNullElse(tags, List.of())),
        content());
  }

  private TemplateContent content() {
    Map<String, TemplateLayout> layoutsByKey = new LinkedHashMap<>();
    Objects.requireNonNullElse(layouts, Map.<String, LayoutJson>of())
        .forEach((key, layout) -> layoutsByKey.put(key, layout.layout(key)));
    return new TemplateContent(
        TemplateLanguage.HTML,
        Objects.requireNonNullElse(outputFormat, OutputFormat.IMAGE),
        Objects.requireNonNullElse(width, DEFAULT_WIDTH),
        Objects.requireNonNullElse(height, DEFAULT_HEIGHT),
        Objects.requireNonNull(html),
        layoutsByKey,
        Objects.requireNonNullElse(variableDefinitions, List.<VariableJson>of()).stream()
            .map(VariableJson::variable)
            .toList());
  }
}
