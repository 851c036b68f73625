package io.headgate.processor.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.batch.Ids;
import io.headgate.browser.Browsers;
import io.headgate.db.Database;
import io.headgate.db.TestPostgres;
import io.headgate.outbound.Outbound;
import io.headgate.outbound.Site;
import io.headgate.processor.Input;
import io.headgate.processor.Outcome;
import io.headgate.template.Templates;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Base class: a web site on loopback, the render processor, and an attempt that keeps its files.
 */
abstract class RenderCase {

  static final JsonMapper JSON = JsonMapper.builder().build();

  /** A red square on blue, with a word below it. */
  static final String BLOCKS =
      """
      <!doctype html><html><head><title>Blocks</title><style>
      body{margin:0;background:#0000ff}
      #red{width:100px;height:100px;background:#ff0000}
      #word{width:100px;height:50px;background:#ffffff;color:#000;font:40px Helvetica,sans-serif}
      </style></head><body><div id="red"></div><div id="word">WWW</div></body></html>
      """;

  /** Shared by all tests; closed with the PostgreSQL of the tests. */
  static final Database DATABASE = TestPostgres.database();

  static final Templates TEMPLATES = new Templates(DATABASE, InstantSource.system(), 100);

  final Site site = new Site();
  final Outbound outbound = new Outbound(true, InstantSource.system());
  ArtifactAttempt attempt = new ArtifactAttempt(Duration.ofSeconds(60));

  abstract RenderProcessor render();

  RenderProcessor processor(Browsers browsers) {
    return new RenderProcessor(browsers, TEMPLATES, outbound, 4);
  }

  @AfterEach
  void close() {
    outbound.close();
    site.close();
  }

  static ObjectNode html(String text) {
    return JSON.createObjectNode().put("html", text);
  }

  ObjectNode url(String path) {
    return JSON.createObjectNode().put("url", site.url(path));
  }

  JsonNode output(JsonNode input, String options) throws Exception {
    Outcome outcome = run(input, options);
    assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
    return ((Outcome.Succeeded) outcome).output();
  }

  Outcome.Failed failed(JsonNode input, String options) throws Exception {
    Outcome outcome = run(input, options);
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    return (Outcome.Failed) outcome;
  }

  /** The bytes of the only file of an item. */
  byte[] file(JsonNode input, String options) throws Exception {
    JsonNode result = output(input, options).path("results").path(0);
    byte[] bytes = attempt.artifact(result.path("artifact").asString()).bytes();
    assertThat(result.path("bytes").asInt()).isEqualTo(bytes.length);
    return bytes;
  }

  Outcome run(JsonNode input, String options) throws Exception {
    JsonNode parsed = JSON.readTree(options);
    assertThat(render().checkOptions(parsed)).isEmpty();
    return runPinned(input, parsed);
  }

  Outcome runPinned(JsonNode input, JsonNode options) throws Exception {
    assertThat(render().checkInput(input, options)).isEmpty();
    return render().run(new Input(Ids.next(), 0, null, input, options, List.of()), attempt);
  }
}
