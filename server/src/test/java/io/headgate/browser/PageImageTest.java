package io.headgate.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.PlaywrightException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a failed screenshot is tried again. */
class PageImageTest {

  /** A message of the driver. */
  private static final String NOTHING_YET =
      "Error { message='Protocol error (Page.captureScreenshot): Unable to capture screenshot";

  private static final byte[] PICTURE = {1, 2, 3};

  private final Deque<String> failures = new ArrayDeque<>();

  @Test
  void a_page_that_has_nothing_to_show_yet_is_looked_at_again() {
    failures.addAll(List.of(NOTHING_YET, NOTHING_YET));

    assertThat(PageImage.of(this::look)).isEqualTo(PICTURE);
  }

  @Test
  void one_that_never_has_anything_fails() {
    failures.addAll(List.of(NOTHING_YET, NOTHING_YET, NOTHING_YET));

    assertThatThrownBy(() -> PageImage.of(this::look)).hasMessageContaining(NOTHING_YET);
  }

  @Test
  void another_failure_is_told_at_once() {
    failures.addAll(List.of("Target crashed", NOTHING_YET));

    assertThatThrownBy(() -> PageImage.of(this::look)).hasMessageContaining("Target crashed");
    assertThat(failures).hasSize(1);
  }

  private byte[] look() {
    if (!failures.isEmpty()) {
      throw new PlaywrightException(failures.remove());
    }
    return PICTURE;
  }
}
