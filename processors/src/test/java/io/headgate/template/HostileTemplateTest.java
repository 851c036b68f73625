package io.headgate.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.template.expression.TemplateLimits;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Templates that would never finish: without the limits, all of these tests time out. */
@Timeout(60)
class HostileTemplateTest extends TemplateCase {

  private static final String LOOPS =
      "{{#each a}}{{#each @root.a}}{{#each @root.a}}x{{/each}}{{/each}}{{/each}}";

  private static JsonNode numbers(int count) {
    return json(
        IntStream.range(0, count)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(",", "{'a':[", "]}")));
  }

  private static FilledText fill(String source, JsonNode variables) {
    return TextCase.fill(source, variables, UnaryOperator.identity());
  }

  @Test
  void three_nested_loops_over_3000_entries_end_by_a_limit() {
    String sentence =
        "the loops of the template run more than " + TemplateLimits.MAX_ITERATIONS + " times";
    assertThat(fill(LOOPS, numbers(3_000))).isEqualTo(new FilledText.TextTooLarge(sentence));
    assertThat(problem(LOOPS, numbers(3_000).toString())).isEqualTo(sentence);
    String sections =
        LOOPS
            .replace("{{#each ", "{{#")
            .replaceAll("/each", "/@root.a")
            .replaceFirst("#a", "#@root.a");
    assertThat(fill(sections, numbers(3_000))).isEqualTo(new FilledText.TextTooLarge(sentence));
  }

  @Test
  void expressions_that_are_evaluated_too_often_end_by_a_limit() {
    String sum = "{{1" + " + 1".repeat(99) + "}}";
    String html = "{{#each a}}{{#each @root.a}}" + sum + "{{/each}}{{/each}}";
    String sentence = "the template takes more than " + TemplateLimits.MAX_STEPS + " steps";
    assertThat(problem(html, numbers(440).toString())).isEqualTo(sentence);
    assertThat(fill(html, numbers(440))).isEqualTo(new FilledText.TextTooLarge(sentence));
  }

  @Test
  void a_text_that_grows_too_long_ends_by_a_limit() {
    assertThat(fill("{{#each a}}" + "x".repeat(100_000) + "{{/each}}", numbers(101)))
        .isEqualTo(
            new FilledText.TextTooLarge(
                "the text would be longer than " + TemplateLimits.MAX_OUTPUT + " characters"));
  }

  @Test
  void a_text_ends_when_its_time_is_over() throws Exception {
    FilledText filled =
        TextCase.parsed(LOOPS)
            .fill(
                numbers(50),
                new TextTemplate.Filling(
                    UnaryOperator.identity(), false, false, Duration.ofNanos(1)));
    assertThat(filled)
        .isEqualTo(new FilledText.TextTooLarge("filling in the template takes longer than 0 ms"));
  }

  /** Each is read once from first to last; read again for every character, they take hours. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{",
        "{{ ",
        "{{{",
        "{{~{ ",
        "{{!--",
        "{{! ",
        "{{#if a",
        "{{'",
        "{{\\",
        "\\{{",
        "{{[",
        "{{a.[",
        "{{a-",
        "{{../",
        "{{/",
        "{{^",
        "{{~",
        "{",
        "}}",
        "{{#each a as |",
        "<a b='{{",
        "{{else ",
        "{{a}}"
      })
  void a_source_is_read_in_time_linear_in_its_length(String piece) {
    for (String source :
        new String[] {
          piece.repeat(490_000 / piece.length()),
          piece + " ".repeat(8_000),
          piece + " ".repeat(490_000),
          piece + "a".repeat(490_000),
        }) {
      assertThat(TextTemplate.parse(source)).isNotNull();
      assertThat(refusals(source)).isNotNull();
    }
  }
}
