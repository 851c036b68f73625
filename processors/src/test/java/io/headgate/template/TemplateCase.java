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

  static final Duration TIME_LIMIT = Duration.ofSeconds(20);

  final TemplateRenderer rendering = new TemplateRenderer();

  static JsonNode json(String json) {
    return JsonMapper.shared().readTree(json.replace('\'', '"'));
  }

  static TemplateContent content(String html, Variable... variables) {
    return new TemplateContent(
        TemplateLanguage.HTML,
        OutputFormat.IMAGE,
        1200,
        630,
        html,
        Map.of(),
        Arrays.asList(variables));
  }

  static TemplateVersion version(TemplateContent content) {
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
        VariableFinder.variables(content),
        Instant.EPOCH);
  }

  TemplateResult render(TemplateVersion version, String variables) {
    try {
      return rendering.html(version, TemplateLayout.DEFAULT, json(variables), TIME_LIMIT);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The page that comes of HTML and variables, with ' for ". */
  String page(String html, String variables) {
    TemplateResult rendered = render(version(content(html)), variables);
    assertThat(rendered).as(html).isInstanceOf(HtmlPage.class);
    return ((HtmlPage) rendered).html();
  }

  /** The sentence that comes instead of a page. */
  String problem(String html, String variables) {
    TemplateResult rendered = render(version(content(html)), variables);
    assertThat(rendered).as(html).isInstanceOf(TemplateResult.TemplateProblem.class);
    return ((TemplateResult.TemplateProblem) rendered).message();
  }

  /** What is wrong with HTML when a template is made of it. */
  static List<String> refusals(String html) {
    TemplateLabels labels = new TemplateLabels("test", null, null, List.of());
    return DraftValidator.violations(new TemplateDraft(labels, content(html))).stream()
        .map(violation -> violation.field() + " " + violation.message())
        .toList();
  }
}
