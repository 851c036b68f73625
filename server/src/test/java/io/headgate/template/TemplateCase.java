package io.headgate.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Renders HTML with JSON, without a database. */
abstract class TemplateCase {

  static final Duration PATIENCE = Duration.ofSeconds(20);

  final Rendering rendering = new Rendering();

  static JsonNode json(String json) {
    return JsonMapper.shared().readTree(json.replace('\'', '"'));
  }

  static Content content(String html, Variable... variables) {
    return new Content(
        Engine.HTML, OutputFormat.IMAGE, 1200, 630, html, Map.of(), Arrays.asList(variables));
  }

  static TemplateVersion version(Content content) {
    return new TemplateVersion(
        UUID.randomUUID(),
        "ABCDEFGHIJ",
        1,
        content.engine(),
        content.outputFormat(),
        content.width(),
        content.height(),
        content.html(),
        content.layouts(),
        Discovery.variables(content),
        Instant.EPOCH);
  }

  Rendered render(TemplateVersion version, String variables) {
    try {
      return rendering.html(version, Layout.DEFAULT, json(variables), PATIENCE);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The page that comes of HTML and variables, with ' for ". */
  String page(String html, String variables) {
    Rendered rendered = render(version(content(html)), variables);
    assertThat(rendered).as(html).isInstanceOf(Html.class);
    return ((Html) rendered).html();
  }

  /** The sentence that comes instead of a page. */
  String problem(String html, String variables) {
    Rendered rendered = render(version(content(html)), variables);
    assertThat(rendered).as(html).isInstanceOf(Rendered.Problem.class);
    return ((Rendered.Problem) rendered).message();
  }

  /** What is wrong with HTML when a template is made of it. */
  static List<String> refusals(String html) {
    Labels labels = new Labels("test", null, null, List.of());
    return DraftCheck.violations(new Draft(labels, content(html))).stream()
        .map(violation -> violation.field() + " " + violation.message())
        .toList();
  }
}
