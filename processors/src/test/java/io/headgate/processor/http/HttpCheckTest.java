package io.headgate.processor.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.batch.Violation;
import io.headgate.outbound.Outbound;
import java.time.InstantSource;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class HttpCheckTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Outbound OUTBOUND = new Outbound(false, InstantSource.system());
  private static final HttpProcessor HTTP = new HttpProcessor(OUTBOUND, InstantSource.system());

  @AfterAll
  static void close() {
    OUTBOUND.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | url is required",
        "{\"uri\":\"http://x/\",\"url\":\"http://x/\"} | uri is unknown, did you mean url?",
        "{\"url\":\"ftp://x/\"} | url only http:// and https:// URLs are fetched",
        "{\"url\":\"http://x/{{a\"} | url is not a template, see line 1, column 10",
        "{\"url\":\"http://x/\",\"body\":{\"a\":[\"{{#if}}\"]}} | body.a.0 is not a template, see line 1, column 1",
        "{\"url\":\"http://x/\",\"headers\":{\"Content-Length\":\"1\"}} | headers.Content-Length the header Content-Length is set by the server",
        "{\"url\":\"http://x/\",\"idempotency_header\":\"a b\"} | idempotency_header is not a header name",
        "{\"url\":\"http://x/\",\"success\":{\"statuses\":[\"6xx\"]}} | success.statuses.0 must be a status such as 200, \"2xx\" or \"200-204\"",
        "{\"url\":\"http://x/\",\"success\":{\"pointer\":\"/a\"}} | success has a missing property 'equals' which is dependent required because 'pointer' is present",
        "{\"url\":\"http://x/\",\"sign\":{}} | sign.secret is required",
        "{\"url\":\"http://x/\",\"sign\":{\"secret\":\"short\"}} | sign.secret must be whsec_ and 24 to 64 bytes in base64",
        "{\"url\":\"http://x/\",\"sign\":{\"secret\":\"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwx\"}} | sign.secret must be whsec_ and 24 to 64 bytes in base64",
      })
  void an_option_that_is_wrong_is_named(String options, String message) {
    assertThat(HTTP.checkOptions(JSON.readTree(options)).stream().map(HttpCheckTest::words))
        .containsExactly(message);
  }

  @Test
  void the_secret_is_marked_as_never_to_be_shown() {
    assertThat(HTTP.optionsSchema().at("/properties/sign/properties/secret/writeOnly").asBoolean())
        .isTrue();
  }

  private static String words(Violation violation) {
    return Stream.of(violation.field(), violation.message())
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(" "));
  }
}
