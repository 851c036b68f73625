package io.headgate.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HtmlReaderTest {

  private static final byte[] PAGE =
      "<meta charset=iso-8859-1><p>\u00fc</p>".getBytes(StandardCharsets.ISO_8859_1);

  @AfterEach
  void clearInterrupt() {
    boolean _ = Thread.interrupted();
  }

  @Test
  void a_page_cut_short_by_an_interrupt_is_not_returned() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> HtmlReader.read(PAGE, null, "http://a.example/"))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void the_declared_charset_has_priority_over_the_one_in_the_page() throws Exception {
    assertThat(HtmlReader.read(PAGE, null, "").text()).isEqualTo("\u00fc");
    assertThat(HtmlReader.read(PAGE, "windows-1251", "").text()).isEqualTo("\u044c");
  }
}
