package io.headgate.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;

/**
 * Responds with a problem to clients that use neither HTTP/1.1 nor HTTP/2, and to those whose first
 * line is too long. Helidon alone closes such connections without a response
 * (docs/decisions/0018-helidon-workarounds.md).
 */
final class NonHttpSelector implements ServerConnectionSelector {

  private final int maxLineBytes;
  private final byte[] response;

  /**
   * @param maxLineBytes maximum length of the first line in bytes
   * @param problem the problem to respond with
   */
  NonHttpSelector(int maxLineBytes, Problem problem) {
    this.maxLineBytes = maxLineBytes;
    ApiResponse.ResponseContent.BytesContent body =
        (ApiResponse.ResponseContent.BytesContent) problem.toResponse().body();
    String head =
        """
        HTTP/1.1 %d %s\r
        Content-Type: %s\r
        Content-Length: %d\r
        Connection: close\r
        \r
        """
            .formatted(
                problem.code().status(), "Bad Request", body.mediaType(), body.content().length);
    this.response = (head + new String(body.content(), UTF_8)).getBytes(UTF_8);
  }

  @Override
  public int bytesToIdentifyConnection() {
    return 0;
  }

  @Override
  public Support supports(BufferData received) {
    int end = received.indexOf((byte) '\n');
    if (end < 0) {
      return received.available() > maxLineBytes ? Support.SUPPORTED : Support.UNKNOWN;
    }
    String line = received.readString(end, StandardCharsets.ISO_8859_1).strip();
    return line.endsWith("HTTP/1.1") || line.equals("PRI * HTTP/2.0")
        ? Support.UNSUPPORTED
        : Support.SUPPORTED;
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return Set.of();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    return new ServerConnection() {
      @Override
      public void handle(Limit limit) {
        context.dataWriter().writeNow(BufferData.create(response));
      }

      @Override
      public Duration idleTime() {
        return Duration.ZERO;
      }

      @Override
      public void close(boolean interrupt) {
        // Helidon closes the connection when handle returns.
      }
    };
  }
}
