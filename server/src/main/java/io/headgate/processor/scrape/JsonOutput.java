package io.headgate.processor.scrape;

import io.headgate.extract.Effort;
import io.headgate.extract.Extracted;
import io.headgate.extract.Extractor;
import io.headgate.extract.Material;
import io.headgate.processor.Outcome;
import io.headgate.processor.scrape.ScrapeOptions.Wanted;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON by schema, with rules and without a model. */
final class JsonOutput {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Extractor EXTRACTOR = Extractor.byRules();

  private JsonOutput() {}

  /** The item's outcome: {@code output} with what was found, or why nothing is to be had. */
  static Outcome of(Material material, Wanted.Json wanted, ObjectNode output, Effort effort)
      throws InterruptedException {
    return switch (EXTRACTOR.extract(material, wanted.schema(), effort)) {
      case Extracted.Missing missing ->
          Outcome.Failed.lasting("missing-property", missing.message());
      case Extracted.Unfit unfit -> Outcome.Failed.lasting("unfit-value", unfit.message());
      case Extracted.Found(var value) -> {
        output.set("json", value);
        output.put("extracted_by", "rules");
        if (wanted.prompted()) {
          output.put(
              "note", "The prompt had no effect: values were found by rules, not by a model.");
        }
        yield new Outcome.Succeeded(output);
      }
    };
  }

  /** Text that reads as a JSON object or array is data. */
  static Material material(Page.Text text) {
    String start = text.text().stripLeading();
    if (start.startsWith("{") || start.startsWith("[")) {
      try {
        return new Material.Data(JSON.readTree(text.text()));
      } catch (JacksonException e) {
        return new Material.Text(text.text());
      }
    }
    return new Material.Text(text.text());
  }
}
