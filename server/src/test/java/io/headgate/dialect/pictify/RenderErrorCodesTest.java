package io.headgate.dialect.pictify;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.outbound.OutboundError;
import io.headgate.processor.render.RenderErrorCode;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The code in webhook messages about a failed render, for every error code of a render. */
@Tag("browser")
class RenderErrorCodesTest {

  private static final String DEFAULT_CODE = "RENDER_FAILED";

  @Test
  void faults_that_the_vendor_has_a_code_for_get_that_code() {
    assertThat(
            Arrays.stream(RenderErrorCode.values())
                .map(RenderErrorCode::code)
                .filter(code -> !RenderErrorCodes.of(code).equals(DEFAULT_CODE))
                .collect(Collectors.toMap(code -> code, RenderErrorCodes::of)))
        .isEqualTo(
            Map.of(
                "missing-variable", "INVALID_VARIABLE",
                "invalid-variable", "INVALID_VARIABLE",
                "expression-error", "EXPRESSION_ERROR",
                "template-not-found", "TEMPLATE_NOT_FOUND"));
  }

  @Test
  void of_errors_while_loading_a_page_the_vendor_has_a_code_only_for_timeouts() {
    for (OutboundError error : OutboundError.values()) {
      assertThat(RenderErrorCodes.of(error.code()))
          .as(error.code())
          .isEqualTo(error == OutboundError.TIMEOUT ? "RENDER_TIMEOUT" : DEFAULT_CODE);
    }
    assertThat(RenderErrorCodes.of("http-404")).isEqualTo(DEFAULT_CODE);
  }
}
