package io.headgate.dialect.pictify;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.headgate.template.OutputFormat;
import io.headgate.template.Template;
import io.headgate.template.TemplateHead;
import io.headgate.template.Variable;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A template in responses. Lists omit its HTML and layouts. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PictifyTemplate(
    String uid,
    String name,
    @Nullable String type,
    @Nullable String category,
    List<String> tags,
    int width,
    int height,
    String outputFormat,
    List<PictifyVariable> variableDefinitions,
    List<String> variables,
    String engine,
    @Nullable String html,
    @Nullable Map<String, PictifyLayout> layouts,
    Instant createdAt,
    Instant updatedAt) {

  /** The response with one template. */
  record TemplateResponse(PictifyTemplate template) {}

  static TemplateResponse response(Template template) {
    Map<String, PictifyLayout> layouts = new LinkedHashMap<>();
    template.version().layouts().forEach((key, each) -> layouts.put(key, PictifyLayout.of(each)));
    return new TemplateResponse(of(template.head(), template.version().html(), layouts));
  }

  static PictifyTemplate of(TemplateHead head) {
    return of(head, null, null);
  }

  private static PictifyTemplate of(
      TemplateHead head, @Nullable String html, @Nullable Map<String, PictifyLayout> layouts) {
    return new PictifyTemplate(
        head.uid(),
        head.labels().name(),
        head.labels().type(),
        head.labels().category(),
        head.labels().tags(),
        head.width(),
        head.height(),
        head.outputFormat() == OutputFormat.PDF ? "pdf" : "image",
        head.variables().stream().map(PictifyVariable::of).toList(),
        head.variables().stream().map(Variable::name).toList(),
        "html",
        html,
        layouts,
        head.createdAt(),
        head.updatedAt());
  }
}
