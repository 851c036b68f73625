package io.headgate.api.template;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.headgate.template.OutputFormat;
import io.headgate.template.Template;
import io.headgate.template.TemplateHead;
import io.headgate.template.TemplateLanguage;
import io.headgate.template.Variable;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A template as JSON of the native API.
 *
 * @param variables the names of its variables
 * @param html null in lists
 * @param layouts null in lists
 */
record TemplateJson(
    UUID id,
    String uid,
    String name,
    @Nullable String type,
    @Nullable String category,
    List<String> tags,
    int version,
    TemplateLanguage engine,
    OutputFormat outputFormat,
    int width,
    int height,
    List<String> variables,
    List<VariableJson> variableDefinitions,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String html,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<String, LayoutJson> layouts,
    Instant createdAt,
    Instant updatedAt) {

  static TemplateJson of(TemplateHead head) {
    return of(head, null, null);
  }

  static TemplateJson of(Template template) {
    Map<String, LayoutJson> layouts = new LinkedHashMap<>();
    template.version().layouts().forEach((key, layout) -> layouts.put(key, LayoutJson.of(layout)));
    return of(template.head(), template.version().html(), layouts);
  }

  private static TemplateJson of(
      TemplateHead head, @Nullable String html, @Nullable Map<String, LayoutJson> layouts) {
    return new TemplateJson(
        head.id(),
        head.uid(),
        head.labels().name(),
        head.labels().type(),
        head.labels().category(),
        head.labels().tags(),
        head.version(),
        head.engine(),
        head.outputFormat(),
        head.width(),
        head.height(),
        head.variables().stream().map(Variable::name).toList(),
        head.variables().stream().map(VariableJson::of).toList(),
        html,
        layouts,
        head.createdAt(),
        head.updatedAt());
  }
}
