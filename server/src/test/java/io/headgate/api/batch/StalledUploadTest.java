package io.headgate.api.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client that sends half of a body and then stalls without closing its connection. */
@Timeout(60)
class StalledUploadTest {

  private static final Duration READ_TIMEOUT = Duration.ofMillis(500);
  private static final BatchTestServer server =
      new BatchTestServer(StreamPacer.PROGRESS_INTERVAL, READ_TIMEOUT);

  @AfterAll
  static void close() {
    server.close();
  }

  /** The bodies with many lines start a transaction before they stall. */
  @ParameterizedTest
  @CsvSource({
    "/v1/batches?processor=page, application/x-ndjson, 1",
    "/v1/batches?processor=page, application/x-ndjson, 100000",
    "/v1/batches?processor=page, text/csv, 100000",
    "/v1/batches, application/json, 1",
    "/v1/keys, application/json, 1",
    "/v1/batches, text/none, 1",
    "/v1/nothing, text/csv, 1"
  })
  void is_disconnected_and_stores_nothing(String path, String type, int lines) throws IOException {
    int keys = server.count("api_key");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.server.port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(head(path, type));
      socket.getOutputStream().write(half(type, lines));
      socket.getOutputStream().flush();

      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer)
          .as("the server closes the connection, also after a response")
          .doesNotContain("HTTP/1.1 20");
    }
    server.awaitNoOpenTransaction();
    server.awaitNoRows("idempotency where status is null");
    assertThat(server.count("batch")).isZero();
    assertThat(server.count("item")).isZero();
    assertThat(server.count("api_key")).isEqualTo(keys);
  }

  private static byte[] head(String path, String type) {
    return """
    POST %s HTTP/1.1
    Host: x
    Authorization: Bearer %s
    Idempotency-Key: %s
    Content-Type: %s
    Content-Length: 99999999

    """
        .formatted(path, server.admin, UUID.randomUUID(), type)
        .replace("\n", "\r\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] half(String type, int lines) {
    String half =
        switch (type) {
          case "text/csv" -> "url\n" + "http://127.0.0.1/\n".repeat(lines);
          case "application/json" -> "{\"processor\":\"page\",\"items\":[{\"inp";
          default -> "{\"input\":{\"url\":\"u\"}}\n".repeat(lines);
        };
    return half.getBytes(StandardCharsets.UTF_8);
  }
}
