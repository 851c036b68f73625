package io.headgate.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.PlaywrightException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a failed screenshot is tried again. */
class PageScreenshotTest {

  /** A message of the driver. */
  private static final String NOT_READY =
      "Error { message='Protocol error (Page.captureScreenshot): Unable to capture screenshot";

  private static final byte[] PICTURE = {1, 2, 3};

  private final Deque<String> failures = new ArrayDeque<>();

  @Test
  void a_page_that_is_not_ready_is_tried_again() {
    failures.addAll(List.of(NOT_READY, NOT_READY));

    assertThat(PageScreenshot.take(this::screenshot)).isEqualTo(PICTURE);
  }

  @Test
  void a_page_that_never_becomes_ready_fails() {
    failures.addAll(List.of(NOT_READY, NOT_READY, NOT_READY));

    assertThatThrownBy(() -> PageScreenshot.take(this::screenshot)).hasMessageContaining(NOT_READY);
  }

  @Test
  void another_failure_is_thrown_at_once() {
    failures.addAll(List.of("Target crashed", NOT_READY));

    assertThatThrownBy(() -> PageScreenshot.take(this::screenshot))
        .hasMessageContaining("Target crashed");
    assertThat(failures).hasSize(1);
  }

  private byte[] screenshot() {
    if (!failures.isEmpty()) {
      throw new PlaywrightException(failures.remove());
    }
    return PICTURE;
  }
}
