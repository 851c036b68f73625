package io.headgate.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.Await;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Response bodies with a length that is known before they are read. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SizedBodyTest {

  /** More than the heap of this test. */
  private static final long LARGE = 1_500L << 20;

  private static final int SMALL = 100_000;

  private final AtomicInteger closed = new AtomicInteger();
  private final HttpServer server =
      HttpServer.start(
          new HttpServer.ListenAddress("127.0.0.1", 0),
          List.of(
              Api.ofNative(
                  List.of(
                      sized("/large", LARGE, zeros()),
                      sized("/short", SMALL, new ByteArrayInputStream(new byte[SMALL / 2])),
                      sized("/broken", SMALL, broken()),
                      sized("/more", 3, new ByteArrayInputStream(new byte[SMALL]))),
                  (request, operation) -> {
                    throw Problem.notFound().asException();
                  })));

  private record SizedOperation(Route route, long bytes, InputStream content)
      implements Operation.OpenOperation {
    @Override
    public ApiResponse handle(Request request) {
      return new ApiResponse(
          200,
          Map.of(),
          new ApiResponse.ResponseContent.SizedContent("text/plain", bytes, content));
    }
  }

  private SizedOperation sized(String path, long bytes, InputStream content) {
    InputStream counted =
        new java.io.FilterInputStream(content) {
          @Override
          public void close() throws IOException {
            closed.incrementAndGet();
            super.close();
          }
        };
    return new SizedOperation(Route.get(path), bytes, counted);
  }

  private static InputStream zeros() {
    return new InputStream() {
      @Override
      public int read() {
        return 0;
      }

      @Override
      public int read(byte[] into, int from, int length) {
        return length;
      }
    };
  }

  private static InputStream broken() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        throw new IOException("the disk is gone");
      }

      @Override
      public int read(byte[] into, int from, int length) throws IOException {
        return read();
      }
    };
  }

  @BeforeEach
  void resetCounter() {
    closed.set(0);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private HttpResponse<InputStream> get(HttpClient client, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
    return client.send(
        HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofInputStream());
  }

  private void awaitClosed() {
    Await.until("the content is closed", Duration.ofSeconds(10), () -> closed.get() == 1);
  }

  @Test
  void a_body_larger_than_the_memory_is_sent_whole() throws Exception {
    assertThat(Runtime.getRuntime().maxMemory()).isLessThan(LARGE);
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<InputStream> large = get(client, "/large");
      assertThat(large.headers().firstValueAsLong("Content-Length")).hasValue(LARGE);
      long read = 0;
      try (InputStream body = large.body()) {
        byte[] buffer = new byte[1 << 16];
        for (int more = body.read(buffer); more >= 0; more = body.read(buffer)) {
          read += more;
        }
      }
      assertThat(read).isEqualTo(LARGE);
      awaitClosed();
    }
  }

  @Test
  void the_content_is_closed_when_the_client_disconnects() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      try (InputStream body = get(client, "/large").body()) {
        assertThat(body.readNBytes(10)).hasSize(10);
      }
      client.shutdownNow();
      awaitClosed();
    }
  }

  @Test
  void a_client_notices_a_body_that_is_cut_short() {
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (String path : List.of("/short", "/broken")) {
        closed.set(0);
        assertThatThrownBy(() -> get(client, path).body().readAllBytes())
            .as(path)
            .isInstanceOf(IOException.class);
        awaitClosed();
      }
    }
  }

  @Test
  void at_most_content_length_bytes_are_sent_and_none_for_head() {
    TestClient client = new TestClient(server.port(), null);
    assertThat(client.get("/more").text()).hasSize(3);
    awaitClosed();
    TestClient.HttpReply head = client.method("HEAD", "/large");
    assertThat(head.header("Content-Length")).isEqualTo(Long.toString(LARGE));
    assertThat(head.text()).isEmpty();
    assertThat(closed).hasValue(2);
  }
}
