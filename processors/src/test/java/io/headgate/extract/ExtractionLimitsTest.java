package io.headgate.extract;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Extraction of large inputs, and its time limit. */
class ExtractionLimitsTest extends ExtractCase {

  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

  @Test
  void a_large_object_is_read_once_for_all_properties() {
    String members =
        IntStream.range(0, 60_000).mapToObj(i -> "\"m" + i + "\":1").collect(joining(","));
    String properties =
        IntStream.range(0, 450)
            .mapToObj(i -> "\"p" + i + "\":{\"type\":\"string\"}")
            .collect(joining(","));
    ExtractionSource data =
        new ExtractionSource.JsonSource(json("{" + members + ",\"p7\":\"seven\"}"));

    JsonNode found = assertTimeoutPreemptively(TEN_SECONDS, () -> found(data, properties));

    assertThat(found.path("p7").asString()).isEqualTo("seven");
  }

  @Test
  void reading_a_large_object_ends_at_the_time_limit() {
    ObjectNode large = JSON.createObjectNode();
    IntStream.range(0, 1_000).forEach(i -> large.put("m" + i, 1));

    assertThatThrownBy(() ->
            Entities.NONE
                .of(List.of(large))
                .values(PropertyNames.of("p", ""), TimeBudget.of(Duration.ZERO)))
        .isInstanceOf(TimeBudget.TimeBudgetExceeded.class);
  }

  @Test
  void a_number_of_a_hundred_thousand_groups_is_parsed_within_seconds() {
    String digits = "1" + " 234".repeat(100_000);
    assertTimeout(
        Duration.ofSeconds(5),
        () ->
            found(
                new ExtractionSource.TextSource("Price: " + digits),
                "\"price\":{\"type\":\"number\"}"));
  }

  @Test
  void a_host_name_of_a_hundred_thousand_labels_does_not_overflow_the_stack() {
    String host = "a.".repeat(100_000);
    assertThat(
            found(
                "<b>" + host + "</b>",
                "\"site\":{\"type\":\"string\",\"format\":\"uri\",\"x-selector\":\"b\"}"))
        .isEqualTo(json("{\"site\":null}"));
  }

  @Test
  void an_extraction_ends_at_its_deadline_and_on_an_interrupt() throws Exception {
    ExtractionSource large = new ExtractionSource.HtmlSource(page("<p>x: 1</p>".repeat(5_000)));
    ExtractionSchema schema =
        ExtractionSchema.of(
            json("{\"type\":\"object\",\"properties\":{\"y\":{\"type\":\"string\"}}}"));
    assertThatThrownBy(
            () -> Extractor.byRules().extract(large, schema, TimeBudget.of(Duration.ZERO)))
        .isInstanceOf(TimeBudget.TimeBudgetExceeded.class);
    Thread.currentThread().interrupt();
    assertThatThrownBy(
            () -> Extractor.byRules().extract(large, schema, TimeBudget.of(Duration.ofSeconds(9))))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }
}
