package io.headgate.processor.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.processor.Outcome;
import io.headgate.processor.TestAttempt;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the templates of a request become. */
class HttpTemplatesTest extends HttpProcessorCase {

  @Test
  void values_are_percent_encoded_in_a_url() throws Exception {
    output(
        "{\"url\":\""
            + site.url("/x/{{input.path}}?q={{input.q}}&r={{ref}}-{{ordinal}}-{{batch_id}}")
            + "\"}",
        "{\"path\":\"a/../b?c#d\",\"q\":\"1&admin=true ä\"}");
    assertThat(seen.take().uri())
        .isEqualTo("/x/a%2F..%2Fb%3Fc%23d?q=1%26admin%3Dtrue%20%C3%A4&r=my%20ref-7-" + BATCH);
  }

  @Test
  void a_value_cannot_move_the_request_to_another_host() throws Exception {
    Outcome.Failed failed =
        failed("{\"url\":\"http://{{input}}.example/\"}", "\"127.0.0.1:" + site.port() + "/?\"");
    assertThat(failed.code()).isEqualTo("invalid-url");
    assertThat(seen).isEmpty();
  }

  @Test
  void json_bodies_keep_types_and_cannot_be_broken_out_of() throws Exception {
    output(
        """
        {"url":"%s","method":"put","body":{"id":"{{input.id}}","tags":"{{input.tags}}",
          "none":"{{input.none}}","text":"no {{input.id}}: {{input.evil}}","deep":[{"first":"{{input.tags.0}}"}],"fixed":true}}
        """
            .formatted(site.url("/")),
        "{\"id\":42,\"tags\":[\"a\",\"b\"],\"none\":null,\"evil\":\"\\\",\\\"admin\\\":\\\"1\"}");
    ReceivedRequest request = seen.take();
    assertThat(request.method()).isEqualTo("PUT");
    assertThat(request.header("Content-type")).isEqualTo("application/json");
    assertThat(JSON.readTree(request.body()))
        .isEqualTo(
            JSON.readTree(
                """
                {"id":42,"tags":["a","b"],"none":null,"text":"no 42: \\",\\"admin\\":\\"1",
                  "deep":[{"first":"a"}],"fixed":true}
                """));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "| {\\\"a\\\":\\\"{{input.v}}\\\"} | {\"a\":\"\\\"<&=\\n\"}",
        "| [{{json input.v}}] | [\"\\\"<&=\\n\"]",
        "application/vnd.x+json | \\\"{{input.v}}\\\" | \"\\\"<&=\\n\"",
        "application/x-www-form-urlencoded | a={{input.v}} | a=%22%3C%26%3D%0A",
        "text/xml | <a>{{input.n}}</a> | <a>&quot;&lt;&amp;=</a>",
        "| plain {{input.n}} | plain \"<&=",
        "| {{{input.n}}} | \"<&=",
      })
  void text_bodies_are_escaped_for_their_content_type(String type, String body, String sent)
      throws Exception {
    String headers = type == null ? "{}" : "{\"Content-Type\":\"" + type + "\"}";
    output(
        "{\"url\":\"" + site.url("/") + "\",\"headers\":" + headers + ",\"body\":\"" + body + "\"}",
        "{\"v\":\"\\\"<&=\\n\",\"n\":\"\\\"<&=\"}");
    ReceivedRequest request = seen.take();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.body()).isEqualTo(sent);
  }

  @Test
  void templates_may_choose_and_repeat() throws Exception {
    output(
        "{\"url\":\""
            + site.url("/")
            + "\",\"method\":\"{{#if input.gone}}DELETE{{else}}POST{{/if}}\","
            + "\"body\":\"-{{#each input.list}}{{@index}}={{this}};{{/each}}\"}",
        "{\"list\":[\"a\",\"b\"]}");
    ReceivedRequest request = seen.take();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.body()).isEqualTo("-0=a;1=b;");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"url\":\"http://x/{{input.nmae}}\"} | the placeholder {{input.nmae}} has no value",
        "{\"url\":\"http://x/\",\"body\":{\"a\":\"{{input.a.b}}\"}} | the placeholder {{input.a.b}} has no value",
        "{\"url\":\"http://x/\",\"method\":\"{{input.name}}\"} | the method must be one of GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, QUERY",
        "{\"url\":\"http://x/\",\"headers\":{\"X-A\":\"{{input.line}}\"}} | the value of the header x-a contains a line break, a control or a non-Latin-1 character, or is too long",
        "{\"url\":\"http://x/\",\"headers\":{\"X-A\":\"{{{input.line}}}\"}} | the value of the header x-a contains a line break, a control or a non-Latin-1 character, or is too long",
      })
  void values_that_make_no_request_are_a_lasting_failure(String options, String message)
      throws Exception {
    assertThat(failed(options, "{\"name\":\"x\",\"line\":\"a\\r\\nX-Evil: 1\"}"))
        .isEqualTo(Outcome.Failed.permanent("invalid-request", message));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{> /etc/passwd}}",
        "{{precompile 'x'}}",
        "{{embedded 'x'}}",
        "{{log 'x'}}",
        "{{i18n 'x'}}",
        "{{input.class.name}}",
        "{{input.getClass}}",
        "{{partial 'x'}}"
      })
  void a_template_reaches_no_files_and_no_java(String template) throws Exception {
    JsonNode options =
        JSON.createObjectNode().put("url", site.url("/")).put("body", "x" + template);
    Outcome outcome =
        http.run(item(options, JSON.readTree("{}")), TestAttempt.lasting(Duration.ofSeconds(9)));
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    assertThat(((Outcome.Failed) outcome).code()).isEqualTo("invalid-request");
    assertThat(seen).isEmpty();
  }

  @Test
  void a_template_that_would_never_end_fails_its_item() throws Exception {
    String loop = "{{#each @root.input}}";
    ObjectNode options =
        JSON.createObjectNode()
            .put("url", site.url("/"))
            .put("body", loop.repeat(3) + "{{/each}}".repeat(3));
    ArrayNode input = JSON.createArrayNode();
    IntStream.range(0, 3_000).forEach(input::add);

    assertThat(failed(options.toString(), input.toString()))
        .isEqualTo(
            Outcome.Failed.permanent(
                "invalid-request", "the loops of the template run more than 200000 times"));
    assertThat(seen).isEmpty();
  }
}
