package io.headgate.processor.render;

import io.headgate.batch.Violation;
import io.headgate.browser.Browsers;
import io.headgate.outbound.Outbound;
import io.headgate.processor.Attempt;
import io.headgate.processor.Input;
import io.headgate.processor.JsonForm;
import io.headgate.processor.Outcome;
import io.headgate.processor.Pinned;
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

  private static final JsonForm INPUT = JsonForm.resource(RenderProcessor.class, "input.json");

  private final Sheets sheets;
  private final ChromiumMaker browser;
  private final PlainMaker plain;
  private final int places;

  /**
   * @param places the number of items that a node renders at a time
   */
  public RenderProcessor(Browsers browsers, Templates templates, Outbound outbound, int places) {
    Fonts fonts = new Fonts(outbound);
    this.places = places;
    this.sheets = new Sheets(templates);
    this.browser = new ChromiumMaker(browsers, fonts);
    this.plain = new PlainMaker(outbound, fonts);
  }

  private Maker maker() {
    return browser.isPresent() ? browser : plain;
  }

  @Override
  public String name() {
    return "render";
  }

  @Override
  public int places() {
    return places;
  }

  @Override
  public List<String> notes() {
    List<String> missing = browser.missing();
    return missing.isEmpty()
        ? List.of()
        : List.of(
            "no browser; openhtmltopdf renders PNG, JPEG and PDF without scripts, other formats are"
                + " refused; missing: "
                + String.join(", ", missing));
  }

  @Override
  public Pinned pin(UUID account, JsonNode options) {
    return sheets.pin(account, options);
  }

  @Override
  public JsonNode optionsSchema() {
    return RenderOptions.FORM.schema();
  }

  @Override
  public JsonNode inputSchema() {
    return INPUT.schema();
  }

  @Override
  public List<Violation> checkOptions(JsonNode options) {
    List<Violation> found = OptionsCheck.of(options);
    return found.isEmpty()
        ? objection(maker(), RenderOptions.of(options)).map(o -> new Violation("", o)).stream()
            .toList()
        : found;
  }

  private static Optional<String> objection(Maker maker, RenderOptions options) {
    return maker.objection(options).map(what -> what + " requires a browser; this server has none");
  }

  @Override
  public List<Violation> checkInput(JsonNode input, JsonNode options) {
    return InputCheck.of(input, options);
  }

  @Override
  public Outcome run(Input input, Attempt attempt) throws IOException, InterruptedException {
    RenderOptions options = RenderOptions.of(input.options());
    Maker maker = maker();
    Optional<String> objection = objection(maker, options);
    if (objection.isPresent()) {
      return Outcome.Failed.lasting(Fault.NO_BROWSER.code(), objection.get());
    }
    Drawing drawing = new Drawing(maker, options, attempt);
    ArrayNode results = JsonNodeFactory.instance.arrayNode();
    List<Unrenderable> troubles = new ArrayList<>();
    ArrayNode errors = JsonNodeFactory.instance.arrayNode();
    for (String layout : options.layouts()) {
      try {
        results.add(drawing.draw(sheets.of(input.input(), options, layout)));
      } catch (Unrenderable e) {
        troubles.add(e);
        errors.addObject().put("layout", layout).put("error", e.sentence());
      }
      attempt.progress(
          (double) (results.size() + errors.size()) / options.layouts().size(), layout);
    }
    if (results.isEmpty()) {
      return troubles.getFirst().outcome();
    }
    ObjectNode output = JsonNodeFactory.instance.objectNode();
    output.set("results", results);
    output.set("errors", errors);
    output.put("made_by", maker.word());
    return new Outcome.Succeeded(output);
  }
}
