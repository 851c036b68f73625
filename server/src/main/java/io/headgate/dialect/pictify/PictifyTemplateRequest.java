package io.headgate.dialect.pictify;

import io.headgate.batch.ViolationKind;
import io.headgate.http.InvalidInputException;
import io.headgate.template.OutputFormat;
import io.headgate.template.TemplateContent;
import io.headgate.template.TemplateDraft;
import io.headgate.template.TemplateLabels;
import io.headgate.template.TemplateLanguage;
import io.headgate.template.TemplateLayout;
import io.headgate.template.Variable;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A template in requests. Missing fields keep their value, or get the default of a new template.
 */
record PictifyTemplateRequest(
    @Nullable String name,
    @Nullable String html,
    @Nullable JsonNode fabricJSData,
    @Nullable Integer width,
    @Nullable Integer height,
    @Nullable String type,
    @Nullable String category,
    @Nullable List<String> tags,
    @Nullable List<PictifyVariable> variableDefinitions,
    @Nullable String outputFormat,
    @Nullable Map<String, PictifyLayout> layouts) {

  private static final int WIDTH = 1_200;
  private static final int HEIGHT = 630;

  /** The defaults of a new template. */
  static final TemplateDraft DEFAULTS =
      new TemplateDraft(
          new TemplateLabels("Untitled", null, null, List.of()),
          new TemplateContent(
              TemplateLanguage.HTML, OutputFormat.IMAGE, WIDTH, HEIGHT, "", Map.of(), List.of()));

  PictifyTemplateRequest {
    if (outputFormat != null && !List.of("image", "pdf").contains(outputFormat)) {
      throw new InvalidInputException("outputFormat", "must be one of image, pdf");
    }
    requireNoNull("tags", tags, "a string");
    requireNoNull("variableDefinitions", variableDefinitions, "an object");
    requireNoNull("layouts", layouts == null ? null : layouts.values(), "an object");
    if (fabricJSData != null && !fabricJSData.isNull()) {
      throw new InvalidInputException(
          "fabricJSData", "is not supported; send the template as html");
    }
  }

  private static void requireNoNull(String field, @Nullable Collection<?> given, String what) {
    if (given != null && given.stream().anyMatch(Objects::isNull)) {
      throw new InvalidInputException(
          field, "must each be " + what + ", not null", ViolationKind.WRONG_TYPE);
    }
  }

  TemplateDraft appliedTo(TemplateDraft before) {
    return new TemplateDraft(labels(before.labels()), content(before.content()));
  }

  private TemplateLabels labels(TemplateLabels before) {
    return new TemplateLabels(
        orElse(name, before.name()),
        type == null ? before.type() : type,
        category == null ? before.category() : category,
        orElse(tags, before.tags()));
  }

  private TemplateContent content(TemplateContent before) {
    int defaultWidth = orElse(width, before.width());
    int defaultHeight = orElse(height, before.height());
    OutputFormat output =
        outputFormat == null ? before.outputFormat() : OutputFormat.of(outputFormat).orElseThrow();
    return new TemplateContent(
        before.engine(),
        output,
        defaultWidth,
        defaultHeight,
        orElse(html, before.html()),
        layouts == null ? before.layouts() : layouts(layouts, defaultWidth, defaultHeight),
        variableDefinitions == null ? before.variables() : variables(variableDefinitions));
  }

  private static List<Variable> variables(List<PictifyVariable> given) {
    return given.stream().map(PictifyVariable::toVariable).toList();
  }

  private static Map<String, TemplateLayout> layouts(
      Map<String, PictifyLayout> given, int defaultWidth, int defaultHeight) {
    Map<String, TemplateLayout> all = new LinkedHashMap<>();
    given.forEach((key, layout) -> {
      if (!key.equals(TemplateLayout.DEFAULT)) { // responses include it, and clients send them back
        all.put(key, layout.toLayout(key, defaultWidth, defaultHeight));
      }
    });
    return all;
  }

  private static <T> T orElse(@Nullable T given, T before) {
    return given == null ? before : given;
  }
}
