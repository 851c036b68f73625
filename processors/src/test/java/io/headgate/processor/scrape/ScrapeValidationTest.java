package io.headgate.processor.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.headgate.batch.Violation;
import io.headgate.outbound.Outbound;
import java.time.InstantSource;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ScrapeValidationTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Outbound OUTBOUND = new Outbound(false, InstantSource.system());
  private static final ScrapeProcessor SCRAPE = new ScrapeProcessor(OUTBOUND);

  @AfterAll
  static void close() {
    OUTBOUND.close();
  }

  @Test
  void a_note_says_what_the_browser_mode_lacks() {
    assertThat(SCRAPE.missingRequirements()).isEmpty();
    assertThat(SCRAPE.restrictions())
        .containsExactly("Mode browser is not available on this server; missing: a browser");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"outptu\":\"text\"} | outptu is unknown, did you mean output?",
        "{\"maxBytes\":1} | maxBytes is unknown, did you mean max_bytes?",
        "{\"zebra\":1} | zebra is unknown",
        "{\"output\":\"word\"} | output must be one of markdown, text, html, links, metadata, json",
        "{\"output\":7} | output must be one of markdown, text, html, links, metadata, json",
        "{\"output\":\"text\",\"fields\":{\"a\":\"b\"}} | output and fields are mutually exclusive; remove one",
        "{\"fields\":{\"a\":{\"selektor\":\"b\",\"selector\":\"b\"}}} | fields.a.selektor is unknown, did you mean selector?",
        "{\"fields\":{\"a\":{\"all\":true}}} | fields.a.selector is required",
        "{\"fields\":{\"a\":5}} | fields.a must be string or object",
        "{\"fields\":{\"a\":\"p[\"}} | fields.a is not a CSS selector",
        "{\"include\":\"::\"} | include is not a CSS selector",
        "{\"max_bytes\":\"1\"} | max_bytes must be an integer",
        "{\"max_bytes\":0} | max_bytes must be at least 1",
        "{\"max_bytes\":999999999999} | max_bytes must be at most 100000000",
        "{\"main_content_only\":\"yes\"} | main_content_only must be true or false",
        "{\"per_host_delay_seconds\":-1} | per_host_delay_seconds must be at least 0",
        "{\"headers\":{\"Host\":\"x\"}} | headers.Host the header Host is set by the server",
        "{\"headers\":{\"a b\":\"x\"}} | headers.a b is not a header name",
        "{\"headers\":{\"A\":1}} | headers.A must be a string",
        "{\"output\":\"json\"} | schema is required when output is json",
        "{\"schema\":{\"type\":\"object\"}} | schema is allowed only with output json",
        "{\"output\":\"json\",\"schema\":[]} | schema must be an object",
        "{\"output\":\"json\",\"schema\":{\"properties\":{\"a\":{\"x-selektor\":\"p\"}}}} | schema.properties.a.x-selektor is unknown, did you mean x-selector?",
        "{\"outputs\":[]} | outputs must have at least 1 items but found 0",
        "{\"outputs\":[\"text\"],\"output\":\"text\"} | output and outputs are mutually exclusive; remove one",
        "{\"outputs\":[\"text\",\"json\"]} | schema is required when output is json",
        "{\"cookies\":\"a=1\\r\\nb: c\"} | cookies the value of the header Cookie contains a line break, a control or a non-Latin-1 character, or is too long",
        "{\"proxy\":\"http://mine/\"} | proxy must be true or false",
        "{\"proxy\":true} | proxy is not available: this server has no outbound_proxy configured",
        "{\"robots\":\"obey\"} | robots must be one of ignore, respect",
        "{\"fields\":{\"a\":\"a:has(b:has(c))\"}} | fields.a uses :has() with another :has() or :contains(); keep only one",
        "[] | must be an object",
      })
  void an_invalid_option_is_named(String options, String message) {
    assertThat(
            SCRAPE.checkOptions(JSON.readTree(options)).stream()
                .map(ScrapeValidationTest::sentence))
        .containsExactly(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "7 | must be a URL or an object with url",
        "null | must be a URL or an object with url",
        "[] | must be a URL or an object with url",
        "{} | url is required",
        "{\"url\":7} | url must be a string",
        "\"\" | the URL has no scheme, write http:// or https://",
        "{\"url\":\"ftp://x/\"} | url only http:// and https:// URLs are fetched",
        "{\"url\":\"http://x/\",\"headers\":[]} | headers must be an object of at most 50 headers",
        "{\"url\":\"http://x/\",\"headers\":{\"A\":1}} | headers must contain only strings",
        "{\"url\":\"http://x/\",\"headers\":{\"Host\":\"1\"}} | headers.Host the header Host is set by the server",
      })
  void an_invalid_input_is_named(String input, String message) {
    assertThat(
            SCRAPE.checkInput(JSON.readTree(input), JSON.createObjectNode()).stream()
                .map(ScrapeValidationTest::sentence))
        .containsExactly(message);
  }

  /** The hand-written check and the schema accept and reject the same inputs. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"http://x/\"",
        "{\"url\":\"http://x/\"}",
        "{\"url\":\"http://x/\",\"other\":1}",
        "{\"url\":\"http://x/\",\"headers\":{\"A\":\"1\"}}",
        "\"\"",
        "7",
        "null",
        "[]",
        "true",
        "{}",
        "{\"url\":7}",
        "{\"url\":null}",
        "{\"url\":\"http://x/\",\"headers\":1}",
        "{\"url\":\"http://x/\",\"headers\":{\"A\":1}}",
        "{\"url\":\"\"}"
      })
  void the_schema_of_the_input_and_its_check_agree(String text) {
    JsonNode input = JSON.readTree(text);
    boolean bySchema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SCRAPE.inputSchema())
            .validate(input)
            .isEmpty();
    assertThat(SCRAPE.checkInput(input, JSON.createObjectNode()).isEmpty()).isEqualTo(bySchema);
  }

  private static String sentence(Violation violation) {
    return java.util.stream.Stream.of(violation.field(), violation.message())
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(" "));
  }
}
