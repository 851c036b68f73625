package io.headgate.api.batch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SecretMaskTest {

  private final JsonMapper json = JsonMapper.shared();

  @Test
  void secrets_among_options_are_masked_and_the_rest_is_unchanged() {
    JsonNode options =
        json.readTree(
            """
            {"url":"http://a/","sign":{"secret":"whsec_1"},
             "headers":[{"Authorization":"Bearer x","Accept":"*/*"}],"secret":{"kept":1}}
            """);
    JsonNode shown = SecretMask.of(options);
    assertThat(shown.toString())
        .doesNotContain("whsec_1", "Bearer x")
        .contains("\"url\":\"http://a/\"", "\"Accept\":\"*/*\"", "\"kept\":1");
    assertThat(options.toString()).contains("whsec_1");
  }
}
