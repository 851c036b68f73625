package io.headgate.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Limits and boundaries of heads; what is refused in them is in {@link ForwardProxyHeadsTest}. */
class HttpHeadReaderTest {

  private static HttpHeadReader reader(String bytes) {
    return new HttpHeadReader(
        new ByteArrayInputStream(bytes.getBytes(StandardCharsets.ISO_8859_1)));
  }

  @Test
  void the_body_follows_the_head() throws Exception {
    HttpHeadReader reader = reader("\r\nPOST http://a/ HTTP/1.1\r\nContent-Length: 2\r\n\r\nhi");

    HttpHeadReader.RequestHead request = reader.request();

    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.target()).isEqualTo("http://a/");
    assertThat(request.head().values("content-length")).containsExactly("2");
    assertThat(reader.rest()).hasContent("hi");
  }

  @Test
  void a_head_of_the_size_limit_is_read_and_a_longer_one_is_refused() throws Exception {
    String head = "GET / HTTP/1.1\r\nX-Long: %s\r\n\r\n";
    int longest = 256_000 - head.formatted("").length();

    assertThat(reader(head.formatted("x".repeat(longest))).request().head().headers()).hasSize(1);
    assertThatThrownBy(() -> reader(head.formatted("x".repeat(longest + 1))).request())
        .isInstanceOf(HttpHeadReader.MalformedHeadException.class)
        .hasMessage("the head is longer than 256000 bytes");
    assertThatThrownBy(() -> reader(head.formatted("x".repeat(400_000))).request())
        .isInstanceOf(HttpHeadReader.MalformedHeadException.class);
  }

  @Test
  void more_than_a_thousand_headers_are_refused() throws Exception {
    String head = "GET / HTTP/1.1\r\n%s\r\n";

    assertThat(reader(head.formatted("X: 1\r\n".repeat(1_000))).request().head().headers())
        .hasSize(1_000);
    assertThatThrownBy(() -> reader(head.formatted("X: 1\r\n".repeat(1_001))).request())
        .isInstanceOf(HttpHeadReader.MalformedHeadException.class);
  }

  @Test
  void a_head_that_is_cut_off_is_no_head() {
    assertThatThrownBy(() -> reader("").request()).isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> reader("GET / HTTP/1.1\r\nHost: a\r\n").request())
        .isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> reader("HTTP/1.1 200 OK\r\nContent-Le").response())
        .isInstanceOf(EOFException.class);
  }
}
