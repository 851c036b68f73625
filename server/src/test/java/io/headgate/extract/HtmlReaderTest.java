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
  void a_page_that_an_interrupt_cuts_short_does_not_pass_for_the_whole() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> HtmlReader.read(PAGE, null, "http://a.example/"))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void the_declared_charset_goes_before_the_one_that_the_page_names() throws Exception {
    assertThat(HtmlReader.read(PAGE, null, "").text()).isEqualTo("\u00fc");
    assertThat(HtmlReader.read(PAGE, "windows-1251", "").text()).isEqualTo("\u044c");
  }
}
