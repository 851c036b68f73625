package io.headgate.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Helpers to run an extraction on a page, text or data. */
abstract class ExtractCase {

  static final JsonMapper JSON = JsonMapper.builder().build();

  static Document page(String html) {
    return Jsoup.parse(html, "https://shop.example/things/1");
  }

  static ExtractionResult extracted(ExtractionSource source, String schema) {
    JsonNode read = JSON.readTree(schema);
    assertThat(ExtractionSchema.faults(read)).isEmpty();
    try {
      return Extractor.byRules()
          .extract(source, ExtractionSchema.of(read), TimeBudget.of(Duration.ofSeconds(20)));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Extracts the given properties of an object schema and returns the value. */
  static JsonNode found(ExtractionSource source, String properties) {
    ExtractionResult extracted =
        extracted(source, "{\"type\":\"object\",\"properties\":{" + properties + "}}");
    assertThat(extracted).isInstanceOf(ExtractionResult.ValidValue.class);
    return json(((ExtractionResult.ValidValue) extracted).value().toString());
  }

  static JsonNode found(String html, String properties) {
    return found(new ExtractionSource.HtmlSource(page(html)), properties);
  }

  static JsonNode json(String text) {
    return JSON.readTree(text);
  }
}
