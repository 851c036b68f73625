package io.headgate.dialect.pictify;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.outbound.OutboundError;
import io.headgate.processor.render.RenderErrorCode;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The code in webhook messages about a failed render, for every error code of a render. */
class FailureWordsTest {

  private static final String OTHERWISE = "RENDER_FAILED";

  @Test
  void every_fault_of_render_that_the_vendor_has_a_word_for_gets_that_word() {
    assertThat(
            Arrays.stream(RenderErrorCode.values())
                .map(RenderErrorCode::code)
                .filter(code -> !FailureWords.of(code).equals(OTHERWISE))
                .collect(Collectors.toMap(code -> code, FailureWords::of)))
        .isEqualTo(
            Map.of(
                "missing-variable", "INVALID_VARIABLE",
                "invalid-variable", "INVALID_VARIABLE",
                "expression-error", "EXPRESSION_ERROR",
                "template-not-found", "TEMPLATE_NOT_FOUND"));
  }

  @Test
  void of_what_befalls_a_page_on_its_way_the_vendor_knows_timeouts_only() {
    for (OutboundError trouble : OutboundError.values()) {
      assertThat(FailureWords.of(trouble.code()))
          .as(trouble.code())
          .isEqualTo(trouble == OutboundError.TIMEOUT ? "RENDER_TIMEOUT" : OTHERWISE);
    }
    assertThat(FailureWords.of("http-404")).isEqualTo(OTHERWISE);
  }
}
