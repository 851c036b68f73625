package io.headgate.http;

import io.helidon.common.configurable.Resource;
import io.helidon.common.pki.Keys;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http2.Http2Config;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The listening server: HTTP/1.1 and HTTP/2, a virtual thread per request. */
public final class HttpServer implements AutoCloseable {

  /**
   * Where to listen; port 0 takes a free one.
   *
   * @param silence how long a client may send nothing in the middle of a request
   */
  public record Address(String host, int port, Duration silence) {

    /** With the patience that fits clients of the internet. */
    public Address(String host, int port) {
      this(host, port, SILENCE);
    }
  }

  /** What TLS needs, as PEM files. */
  public record Tls(Path certificate, Path key) {

    io.helidon.common.tls.Tls load() {
      Keys keys =
          Keys.builder()
              .pem(pem -> pem.key(Resource.create(key)).certChain(Resource.create(certificate)))
              .build();
      return io.helidon.common.tls.Tls.builder()
          .privateKey(keys.privateKey().orElseThrow())
          .privateKeyCertChain(keys.certChain())
          .build();
    }
  }

  private static final int MAX_HEADER_BYTES = 32 * 1024;
  private static final Duration SILENCE = Duration.ofSeconds(30);
  private static final Duration IDLE = Duration.ofMinutes(5);
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final WebServer server;
  private final Patience patience;

  private HttpServer(WebServer server, Patience patience) {
    this.server = server;
    this.patience = patience;
  }

  /**
   * Opens the doors; it answers once this returns.
   *
   * @throws RuntimeException when the address is taken or not of this machine
   */
  public static HttpServer start(Address address, List<Door> doors) {
    return start(address, Optional.empty(), doors, Answered.NOBODY);
  }

  /** The same, over TLS if wanted, with somebody who hears of every answer. */
  public static HttpServer start(
      Address address, Optional<Tls> tls, List<Door> doors, Answered answered) {
    HttpRouting.Builder routing = HttpRouting.builder();
    Patience patience = new Patience(address.silence());
    doors.forEach(door -> door.open(routing, answered, patience));
    Door nowhere = Door.ofNative(List.of(), (request, operation) -> nothing());
    routing.any(new Turn("other", Map.of(), nowhere, answered, patience));
    WebServerConfig.Builder server =
        WebServer.builder()
            .host(address.host())
            .port(address.port())
            .shutdownHook(false)
            .shutdownGracePeriod(GRACE)
            .idleConnectionTimeout(IDLE)
            .directHandlers(directHandlers())
            .addProtocol(Http1Config.builder().maxHeadersSize(MAX_HEADER_BYTES).build())
            .addProtocol(Http2Config.create())
            .routing(routing);
    tls.ifPresent(files -> server.tls(files.load()));
    try {
      return new HttpServer(server.build().start(), patience);
    } catch (RuntimeException e) {
      patience.close();
      throw e;
    }
  }

  private static Answer nothing() {
    throw Problem.notFound().asException();
  }

  // What is no HTTP, or refused by Helidon before routing, gets a problem as well.
  private static DirectHandlers directHandlers() {
    DirectHandlers.Builder handlers = DirectHandlers.builder();
    for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
      handlers.addHandler(
          type, (request, event, status, headers, message) -> direct(event, status, headers));
    }
    return handlers.build();
  }

  private static DirectHandler.TransportResponse direct(
      DirectHandler.EventType event, Status status, io.helidon.http.ServerResponseHeaders headers) {
    Problem problem =
        switch (event) {
          case PAYLOAD_TOO_LARGE -> Problem.of(ProblemCode.TOO_LARGE, "The body is too large.");
          case INTERNAL_ERROR -> Problem.of(ProblemCode.INTERNAL, "The server failed.");
          case BAD_REQUEST, FORBIDDEN, OTHER, HTTP_VERSION_NOT_SUPPORTED ->
              status.code() == Status.NOT_FOUND_404.code()
                  ? Problem.notFound()
                  : Problem.of(
                      ProblemCode.INVALID_REQUEST,
                      "The request is not HTTP of a kind this server reads.");
        };
    Answer.Body.Bytes body = (Answer.Body.Bytes) problem.answer().body();
    return DirectHandler.TransportResponse.builder()
        .status(Status.create(problem.code().status()))
        .headers(headers)
        .header(HeaderNames.CONTENT_TYPE, body.mediaType())
        .header(HeaderNames.create(RequestId.HEADER), RequestId.of(Optional.empty()))
        .keepAlive(event.keepAlive())
        .entity(body.content())
        .build();
  }

  public int port() {
    return server.port();
  }

  /** Takes no new requests and waits for those under way, at most the grace period. */
  @Override
  public void close() {
    server.stop();
    patience.close();
  }
}
