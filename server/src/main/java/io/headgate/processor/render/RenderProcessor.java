package io.headgate.processor.render;

import io.headgate.batch.Violation;
import io.headgate.outbound.Outbound;
import io.headgate.processor.Attempt;
import io.headgate.processor.Input;
import io.headgate.processor.JsonForm;
import io.headgate.processor.Outcome;
import io.headgate.processor.Processor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes pictures and PDFs of templates, HTML and pages; see docs/processors/render.md. Each file is
 * an artifact of its item.
 */
public final class RenderProcessor implements Processor {

  private static final JsonForm INPUT = JsonForm.resource(RenderProcessor.class, "input.json");

  private final Sheets sheets;
  private final Maker maker;

  public RenderProcessor(Outbound outbound) {
    this.sheets = new Sheets();
    this.maker = new PlainMaker(outbound, new Fonts(outbound));
  }

  @Override
  public String name() {
    return "render";
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
        ? objection(RenderOptions.of(options)).map(o -> new Violation("", o)).stream().toList()
        : found;
  }

  private Optional<String> objection(RenderOptions options) {
    return maker
        .objection(options)
        .map(what -> what + " needs a browser, and this server has found none");
  }

  @Override
  public List<Violation> checkInput(JsonNode input, JsonNode options) {
    return InputCheck.of(input, options);
  }

  @Override
  public Outcome run(Input input, Attempt attempt) throws IOException, InterruptedException {
    RenderOptions options = RenderOptions.of(input.options());
    Optional<String> objection = objection(options);
    if (objection.isPresent()) {
      return Outcome.Failed.lasting("no-browser", objection.get());
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
