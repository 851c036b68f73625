package io.headgate.extract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Numbers and dates in the notations of several languages. */
class NumbersAndDatesTest extends ExtractCase {

  private static JsonNode value(String language, String text, String type) {
    String html = "<html lang='" + language + "'><table><tr><td>v<td>" + text + "</table>";
    return found(html, "\"v\":{" + type + "}").path("v");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "en | $120k | 120000",
        "en | £1.2m | 1200000",
        "en | 1.2M followers | 1200000",
        "en | 1.5 billion | 1500000000",
        "de | 12,5 Mio. € | 12500000",
        "de | 1,5 Mrd. € | 1500000000",
        "en | 2 m | 2",
        "en | 1e3 | 1000",
        "en | 1.299,– € | 1299",
        "en | 1,23,456.50 | 123456.5",
        "en | v1.2.3 | null",
      })
  void abbreviated_numbers_are_expanded(String language, String text, String number) {
    assertThat(value(language, text, "\"type\":\"number\"")).isEqualTo(json(number));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fr | le 1er août 2025 | 2025-08-01",
        "en | Wednesday 5th of March 2025 | 2025-03-05",
        "en | 2025/02/03 | 2025-02-03",
        "ja | 2025年2月3日 | 2025-02-03",
        "'' | 5. März 2025 | 2025-03-05",
        "en | 5 mars 2025 | 2025-03-05",
        "de | 12. März 2025, 14:30 Uhr | 2025-03-12T14:30:00",
        "en | March 5, 2025 at 2:30 PM | 2025-03-05T14:30:00",
        "fr | le 5 mars 2025 à 9h05 | 2025-03-05T09:05:00",
        "en | 2025-02-03 10:00:00 +0100 | 2025-02-03T10:00:00+01:00",
        "en | 2025-02-03T10:00:00 +0100 | 2025-02-03T10:00:00+01:00",
      })
  void dates_in_common_notations_are_parsed(String language, String text, String date) {
    assertThat(value(language, text, "\"format\":\"date-time\"").asString()).isEqualTo(date);
    assertThat(value(language, text, "\"format\":\"date\"").asString())
        .isEqualTo(date.substring(0, 10));
  }
}
