package io.headgate.processor.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.batch.Ids;
import io.headgate.browser.Browsers;
import io.headgate.processor.OptionsResolution;
import io.headgate.processor.Outcome;
import io.headgate.template.OutputFormat;
import io.headgate.template.SaveResult;
import io.headgate.template.Template;
import io.headgate.template.TemplateContent;
import io.headgate.template.TemplateDraft;
import io.headgate.template.TemplateLabels;
import io.headgate.template.TemplateLanguage;
import io.headgate.template.TemplateLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rendering of templates, without a browser. */
class TemplateRenderTest extends RenderCase {

  private static final TemplateLabels LABELS = new TemplateLabels("Card", null, null, List.of());

  private final Browsers browsers =
      Browsers.start(
          new Browsers.BrowserSettings(
              1,
              Optional.of(Path.of("target", "none")),
              Browsers.BrowserLimits.defaults(1),
              Path.of("target", "browsers")),
          outbound.targetCheck());
  private final RenderProcessor render = processor(browsers);
  private final UUID account = account();

  @Override
  RenderProcessor render() {
    return render;
  }

  @AfterEach
  void closeBrowsers() {
    browsers.close();
  }

  private static UUID account() {
    UUID id = Ids.next();
    DATABASE.useTransaction(tx ->
        tx.update(
                """
                insert into account (id, name, unlimited, created_at)
                values (:id, :name, true, now())
                """)
            .bind("id", id)
            .bind("name", id.toString())
            .execute());
    return id;
  }

  private static TemplateDraft draft(String html) {
    Map<String, TemplateLayout> layouts =
        Map.of(
            "square",
            new TemplateLayout("Square", 200, 200, null),
            "wide",
            new TemplateLayout("Wide", 400, 100, null));
    return new TemplateDraft(
        LABELS,
        new TemplateContent(
            TemplateLanguage.HTML, OutputFormat.IMAGE, 300, 150, html, layouts, List.of()));
  }

  private Template template(String html) {
    SaveResult saved = TEMPLATES.create(account, draft(html), (_, _) -> {});
    return ((SaveResult.Done) saved).template();
  }

  private static ObjectNode variables(String json) {
    ObjectNode input = JSON.createObjectNode();
    input.set("variables", JSON.readTree(json));
    return input;
  }

  /** Options as stored with a batch of the account. */
  private String pinned(Template template, String more) {
    String options = "{\"template\":\"" + template.head().uid() + "\"" + more + "}";
    OptionsResolution pinned = render.resolveOptions(account, JSON.readTree(options));
    assertThat(pinned).isInstanceOf(OptionsResolution.ResolvedOptions.class);
    return ((OptionsResolution.ResolvedOptions) pinned).options().toString();
  }

  /** As on the server: options are validated before they are pinned, not after. */
  @Override
  Outcome run(JsonNode input, String options) throws Exception {
    return runPinned(input, JSON.readTree(options));
  }

  private static String text(byte[] pdf) {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      return new PDFTextStripper().getText(document);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void a_template_is_rendered_with_the_variables_of_the_item_in_its_own_size() throws Exception {
    String options = pinned(template("<p>Hello {{name}}</p>"), "");

    JsonNode output = output(variables("{\"name\":\"Ada\"}"), options);

    assertThat(output.at("/results/0/width").asInt()).isEqualTo(300);
    assertThat(output.at("/results/0/height").asInt()).isEqualTo(150);
    assertThat(PixelImage.of(attempt.artifact("default.png").bytes()).darkShare(0, 0, 150, 60))
        .isGreaterThan(0.005);
  }

  @Test
  void a_batch_uses_the_version_it_was_submitted_with() throws Exception {
    Template template = template("<p>First {{name}}</p>");
    String options = pinned(template, ",\"format\":\"pdf\"");
    TEMPLATES.update(account, template.head().id(), _ -> draft("<p>Second {{name}}</p>"));

    assertThat(text(file(variables("{\"name\":\"Ada\"}"), options))).contains("First Ada");
    assertThat(text(file(variables("{\"name\":\"Ada\"}"), pinned(template, ",\"format\":\"pdf\""))))
        .contains("Second Ada");
  }

  @Test
  void each_layout_is_a_file_and_an_unknown_layout_is_an_error() throws Exception {
    String options = pinned(template("x"), ",\"layouts\":[\"default\",\"square\",\"nope\"]");

    JsonNode output = output(variables("{}"), options);

    assertThat(attempt.artifacts().keySet()).containsExactly("default.png", "square.png");
    assertThat(output.at("/results/1/name").asString()).isEqualTo("Square");
    assertThat(PixelImage.of(attempt.artifact("square.png").bytes()).size()).isEqualTo("200x200");
    assertThat(output.path("errors").toString())
        .isEqualTo("[{\"layout\":\"nope\",\"error\":\"the template has no layout nope\"}]");
    assertThat(failed(variables("{}"), pinned(template("x"), ",\"layout\":\"nope\"")).code())
        .isEqualTo("unknown-layout");
  }

  @Test
  void several_variable_sets_become_one_pdf() throws Exception {
    String options = pinned(template("<p>Dear {{name}}</p>"), ",\"format\":\"pdf\"");
    JsonNode input = JSON.readTree("{\"variable_sets\":[{\"name\":\"Ada\"},{\"name\":\"Alan\"}]}");

    JsonNode output = output(input, options);

    assertThat(output.at("/results/0/pages").asInt()).isEqualTo(2);
    assertThat(text(attempt.artifact("default.pdf").bytes())).contains("Dear Ada", "Dear Alan");
  }

  @Test
  void a_template_of_another_account_does_not_exist() {
    JsonNode mine = JSON.readTree("{\"template\":\"" + template("x").head().uid() + "\"}");
    JsonNode none = JSON.readTree("{\"template\":\"ZZZZZZZZZZ\"}");

    assertThat(render.resolveOptions(account(), mine))
        .isEqualTo(render.resolveOptions(account, none));
    assertThat(render.resolveOptions(account, none))
        .isInstanceOf(OptionsResolution.RefusedOptions.class);
  }
}
