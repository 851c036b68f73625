package io.headgate.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {

  private static final List<String> KNOWN =
      List.of("url", "port", "host", "max_bytes", "statuses", "allow_private_targets");

  @ParameterizedTest
  @CsvSource({
    "uri, url",
    "prot, port",
    "PORT, port",
    "maxBytes, max_bytes",
    "status, statuses",
    "allow_privat_target, allow_private_targets",
    "hsot, host",
  })
  void the_nearest_name_is_suggested(String unknown, String meant) {
    assertThat(Suggestion.nearest(unknown, KNOWN)).contains(meant);
    assertThat(Suggestion.question(unknown, KNOWN)).isEqualTo(", did you mean " + meant + "?");
  }

  @ParameterizedTest
  @CsvSource({"colour", "headers", "x", "''"})
  void a_name_that_is_far_from_all_gets_no_suggestion(String unknown) {
    assertThat(Suggestion.nearest(unknown, List.of("max_bytes", "statuses"))).isEmpty();
    assertThat(Suggestion.question(unknown, List.of())).isEmpty();
  }

  @Test
  void the_first_of_equally_near_names_is_suggested() {
    assertThat(Suggestion.nearest("bat", List.of("cat", "bar"))).contains("cat");
  }

  @Test
  void a_very_long_name_is_not_compared() {
    assertThat(Suggestion.nearest("url".repeat(100_000), KNOWN)).isEmpty();
  }
}
