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

  private static final Duration TEN = Duration.ofSeconds(10);

  @Test
  void a_large_thing_is_read_once_for_all_properties() {
    String members =
        IntStream.range(0, 60_000).mapToObj(i -> "\"m" + i + "\":1").collect(joining(","));
    String properties =
        IntStream.range(0, 450)
            .mapToObj(i -> "\"p" + i + "\":{\"type\":\"string\"}")
            .collect(joining(","));
    Material data = new Material.Data(json("{" + members + ",\"p7\":\"seven\"}"));

    JsonNode found = assertTimeoutPreemptively(TEN, () -> found(data, properties));

    assertThat(found.path("p7").asString()).isEqualTo("seven");
  }

  @Test
  void reading_a_large_thing_ends_with_the_time_there_is_for_it() {
    ObjectNode large = JSON.createObjectNode();
    IntStream.range(0, 1_000).forEach(i -> large.put("m" + i, 1));

    assertThatThrownBy(() ->
            Entities.NONE
                .of(List.of(large))
                .values(Names.of("p", ""), Effort.lasting(Duration.ZERO)))
        .isInstanceOf(Effort.Spent.class);
  }

  @Test
  void a_number_of_a_hundred_thousand_groups_costs_neither_minutes_nor_an_output_nobody_can_read() {
    String digits = "1" + " 234".repeat(100_000);
    assertTimeout(
        Duration.ofSeconds(5),
        () -> found(new Material.Text("Price: " + digits), "\"price\":{\"type\":\"number\"}"));
  }

  @Test
  void text_of_a_hundred_thousand_labels_with_dots_is_looked_at_as_an_address_without_a_stack() {
    String host = "a.".repeat(100_000);
    assertThat(
            found(
                "<b>" + host + "</b>",
                "\"site\":{\"type\":\"string\",\"format\":\"uri\",\"x-selector\":\"b\"}"))
        .isEqualTo(json("{\"site\":null}"));
  }

  @Test
  void an_extraction_ends_at_its_deadline_and_with_an_interrupt() throws Exception {
    Material large = new Material.Page(page("<p>x: 1</p>".repeat(5_000)));
    ExtractionSchema schema =
        ExtractionSchema.of(
            json("{\"type\":\"object\",\"properties\":{\"y\":{\"type\":\"string\"}}}"));
    assertThatThrownBy(
            () -> Extractor.byRules().extract(large, schema, Effort.lasting(Duration.ZERO)))
        .isInstanceOf(Effort.Spent.class);
    Thread.currentThread().interrupt();
    assertThatThrownBy(
            () -> Extractor.byRules().extract(large, schema, Effort.lasting(Duration.ofSeconds(9))))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }
}
