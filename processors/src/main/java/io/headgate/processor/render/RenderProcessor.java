package io.headgate.processor.render;

import io.headgate.batch.Violation;
import io.headgate.browser.Browsers;
import io.headgate.outbound.Outbound;
import io.headgate.processor.Attempt;
import io.headgate.processor.Input;
import io.headgate.processor.JsonSchemaChecker;
import io.headgate.processor.OptionsResolution;
import io.headgate.processor.Outcome;
import io.headgate.processor.Processor;
import io.headgate.template.Templates;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Renders templates, HTML and web pages to images and PDFs; see docs/processors/render.md. Each
 * file is an artifact of its item.
 *
 * <p>Chromium renders when it is installed. Without it, openhtmltopdf renders static HTML.
 */
public final class RenderProcessor implements Processor {

  private static final JsonSchemaChecker INPUT_SCHEMA =
      JsonSchemaChecker.resource(RenderProcessor.class, "input.json");

  private final RenderJobs jobs;
  private final ChromiumRenderer chromium;
  private final OpenHtmlRenderer openHtml;
  private final int places;

  /**
   * @param places the number of items that a node renders at a time
   */
  public RenderProcessor(Browsers browsers, Templates templates, Outbound outbound, int places) {
    FontLoader fonts = new FontLoader(outbound);
    this.places = places;
    this.jobs = new RenderJobs(templates);
    this.chromium = new ChromiumRenderer(browsers, fonts);
    this.openHtml = new OpenHtmlRenderer(outbound, fonts);
  }

  private Renderer renderer() {
    return chromium.isPresent() ? chromium : openHtml;
  }

  @Override
  public String name() {
    return "render";
  }

  @Override
  public int maxConcurrentItems() {
    return places;
  }

  @Override
  public List<String> restrictions() {
    List<String> missing = chromium.missing();
    return missing.isEmpty()
        ? List.of()
        : List.of(
            "no browser; openhtmltopdf renders PNG, JPEG and PDF without scripts, other formats are"
                + " refused; missing: "
                + String.join(", ", missing));
  }

  @Override
  public OptionsResolution resolveOptions(UUID account, JsonNode options) {
    return jobs.pin(account, options);
  }

  @Override
  public JsonNode optionsSchema() {
    return RenderOptions.SCHEMA.schema();
  }

  @Override
  public JsonNode inputSchema() {
    return INPUT_SCHEMA.schema();
  }

  @Override
  public List<Violation> checkOptions(JsonNode options) {
    List<Violation> violations = OptionsValidator.violations(options);
    return violations.isEmpty()
        ? unsupported(renderer(), RenderOptions.of(options))
            .map(message -> new Violation("", message))
            .stream()
            .toList()
        : violations;
  }

  private static Optional<String> unsupported(Renderer renderer, RenderOptions options) {
    return renderer
        .unsupportedOption(options)
        .map(option -> option + " requires a browser; this server has none");
  }

  @Override
  public List<Violation> checkInput(JsonNode input, JsonNode options) {
    return InputValidator.violations(input, options);
  }

  @Override
  public Outcome run(Input input, Attempt attempt) throws IOException, InterruptedException {
    RenderOptions options = RenderOptions.of(input.options());
    Renderer renderer = renderer();
    Optional<String> unsupported = unsupported(renderer, options);
    if (unsupported.isPresent()) {
      return Outcome.Failed.permanent(RenderErrorCode.NO_BROWSER.code(), unsupported.get());
    }
    LayoutRenderer layoutRenderer = new LayoutRenderer(renderer, options, attempt);
    ArrayNode results = JsonNodeFactory.instance.arrayNode();
    List<RenderException> failures = new ArrayList<>();
    ArrayNode errors = JsonNodeFactory.instance.arrayNode();
    for (String layout : options.layouts()) {
      try {
        results.add(layoutRenderer.render(jobs.create(input.input(), options, layout)));
      } catch (RenderException e) {
        failures.add(e);
        errors.addObject().put("layout", layout).put("error", e.text());
      }
      attempt.reportProgress(
          (double) (results.size() + errors.size()) / options.layouts().size(), layout);
    }
    if (results.isEmpty()) {
      return failures.getFirst().outcome();
    }
    ObjectNode output = JsonNodeFactory.instance.objectNode();
    output.set("results", results);
    output.set("errors", errors);
    output.put("made_by", renderer.name());
    return new Outcome.Succeeded(output);
  }
}
