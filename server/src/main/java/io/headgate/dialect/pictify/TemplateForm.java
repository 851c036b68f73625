package io.headgate.dialect.pictify;

import io.headgate.batch.Flaw;
import io.headgate.http.InvalidInput;
import io.headgate.template.Content;
import io.headgate.template.Draft;
import io.headgate.template.Engine;
import io.headgate.template.Labels;
import io.headgate.template.Layout;
import io.headgate.template.OutputFormat;
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
record TemplateForm(
    @Nullable String name,
    @Nullable String html,
    @Nullable JsonNode fabricJSData,
    @Nullable Integer width,
    @Nullable Integer height,
    @Nullable String type,
    @Nullable String category,
    @Nullable List<String> tags,
    @Nullable List<VariableJson> variableDefinitions,
    @Nullable String outputFormat,
    @Nullable Map<String, LayoutJson> layouts) {

  private static final int WIDTH = 1_200;
  private static final int HEIGHT = 630;

  /** The defaults of a new template. */
  static final Draft NEW =
      new Draft(
          new Labels("Untitled", null, null, List.of()),
          new Content(Engine.HTML, OutputFormat.IMAGE, WIDTH, HEIGHT, "", Map.of(), List.of()));

  TemplateForm {
    if (outputFormat != null && !List.of("image", "pdf").contains(outputFormat)) {
      throw new InvalidInput("outputFormat", "must be one of image, pdf");
    }
    requireNoNull("tags", tags, "a string");
    requireNoNull("variableDefinitions", variableDefinitions, "an object");
    requireNoNull("layouts", layouts == null ? null : layouts.values(), "an object");
    if (fabricJSData != null && !fabricJSData.isNull()) {
      throw new InvalidInput("fabricJSData", "is not supported; send the template as html");
    }
  }

  private static void requireNoNull(String field, @Nullable Collection<?> given, String what) {
    if (given != null && given.stream().anyMatch(Objects::isNull)) {
      throw new InvalidInput(field, "must each be " + what + ", not null", Flaw.WRONG_TYPE);
    }
  }

  Draft over(Draft before) {
    return new Draft(labels(before.labels()), content(before.content()));
  }

  private Labels labels(Labels before) {
    return new Labels(
        or(name, before.name()),
        type == null ? before.type() : type,
        category == null ? before.category() : category,
        or(tags, before.tags()));
  }

  private Content content(Content before) {
    int wide = or(width, before.width());
    int high = or(height, before.height());
    OutputFormat output =
        outputFormat == null ? before.outputFormat() : OutputFormat.of(outputFormat).orElseThrow();
    return new Content(
        before.engine(),
        output,
        wide,
        high,
        or(html, before.html()),
        layouts == null ? before.layouts() : layouts(layouts, wide, high),
        variableDefinitions == null ? before.variables() : variables(variableDefinitions));
  }

  private static List<Variable> variables(List<VariableJson> given) {
    return given.stream().map(VariableJson::variable).toList();
  }

  private static Map<String, Layout> layouts(Map<String, LayoutJson> given, int wide, int high) {
    Map<String, Layout> all = new LinkedHashMap<>();
    given.forEach((key, layout) -> {
      if (!key.equals(Layout.DEFAULT)) { // responses include it, and clients send them back
        all.put(key, layout.layout(key, wide, high));
      }
    });
    return all;
  }

  private static <T> T or(@Nullable T given, T before) {
    return given == null ? before : given;
  }
}
