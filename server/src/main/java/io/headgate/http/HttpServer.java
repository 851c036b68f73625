package io.headgate.http;

import io.headgate.db.Loop;
import io.helidon.common.configurable.Resource;
import io.helidon.common.pki.Keys;
import io.helidon.common.socket.SocketOptions;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http2.Http2Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The HTTP server: HTTP/1.1 and HTTP/2, a virtual thread per request. TCP_NODELAY is set because
 * HTTP/2 writes a response in several frames: with Nagle's algorithm the last frame would wait
 * about 40 ms for a client that delays its acknowledgements, as most do.
 */
public final class HttpServer implements AutoCloseable {

  /**
   * The address to listen on.
   *
   * @param port 0 for any free port
   * @param bodyReadTimeout how long a client may send nothing in the middle of a body
   * @param headerTimeout how long a client may take from the first line of a request to the end of
   *     its headers
   */
  public record ListenAddress(
      String host, int port, Duration bodyReadTimeout, Duration headerTimeout) {

    /** An address with the default timeouts, which suit clients on the internet. */
    public ListenAddress(String host, int port) {
      this(host, port, BODY_READ_TIMEOUT, HEADER_TIMEOUT);
    }
  }

  /** PEM files with the certificate chain and its private key. */
  public record TlsFiles(Path certificate, Path key) {

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
  private static final int MAX_LINE_BYTES = 16 * 1024;
  private static final Duration BODY_READ_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration HEADER_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration IDLE_TIMEOUT = Duration.ofMinutes(1);
  private static final Duration IDLE_CHECK_INTERVAL = Duration.ofSeconds(10);
  private static final Duration SHUTDOWN_GRACE = Duration.ofSeconds(10);

  private final WebServer server;
  private final HeaderTimeout headerTimeout;
  private final BodyReadTimeout bodyReadTimeout;

  private HttpServer(
      WebServer server, HeaderTimeout headerTimeout, BodyReadTimeout bodyReadTimeout) {
    this.server = server;
    this.headerTimeout = headerTimeout;
    this.bodyReadTimeout = bodyReadTimeout;
  }

  /**
   * Starts a server without TLS that serves these APIs. It accepts requests when this returns.
   *
   * @throws RuntimeException when the address is in use or does not belong to this machine
   */
  public static HttpServer start(ListenAddress address, List<Api> apis) {
    return start(address, Optional.empty(), apis, ResponseListener.NONE);
  }

  /**
   * Starts a server that serves these APIs and reports every response to {@code listener}. It
   * accepts requests when this returns.
   *
   * @param tls empty to serve plain HTTP
   * @throws RuntimeException when the address is in use or does not belong to this machine, or a
   *     file of {@code tls} cannot be read
   * @throws IllegalArgumentException for two operations with the same route, or two APIs with the
   *     same path prefix
   */
  public static HttpServer start(
      ListenAddress address, Optional<TlsFiles> tls, List<Api> apis, ResponseListener listener) {
    HeaderTimeout headerTimeout = new HeaderTimeout(address.headerTimeout());
    BodyReadTimeout bodyReadTimeout = new BodyReadTimeout(address.bodyReadTimeout());
    HttpRouting.Builder routing = HttpRouting.builder();
    apis.forEach(api -> api.register(routing, listener, bodyReadTimeout));
    // Registered after all operations, the longest first: Helidon takes the first route that
    // matches.
    apisByPrefix(apis)
        .forEach((prefix, api) ->
            routing.any(prefix + "/*", api.notFoundHandler(listener, bodyReadTimeout)));
    Api fallback = Api.ofNative(List.of(), (request, operation) -> throwNotFound());
    routing.any(fallback.notFoundHandler(listener, bodyReadTimeout));
    WebServerConfig.Builder server =
        WebServer.builder()
            .host(address.host())
            .port(address.port())
            .shutdownHook(false)
            .connectionOptions(SocketOptions.builder().tcpNoDelay(true).build())
            .shutdownGracePeriod(SHUTDOWN_GRACE)
            .idleConnectionTimeout(IDLE_TIMEOUT)
            .idleConnectionPeriod(IDLE_CHECK_INTERVAL)
            .directHandlers(directHandlers())
            .addProtocol(http1(headerTimeout))
            .addProtocol(Http2Config.create())
            .addConnectionSelector(new NonHttpSelector(MAX_LINE_BYTES, unreadableRequest()))
            .routing(routing);
    tls.ifPresent(files -> server.tls(files.load()));
    try {
      return new HttpServer(
          startListening(server.build(), address), headerTimeout, bodyReadTimeout);
    } catch (RuntimeException e) {
      headerTimeout.close();
      bodyReadTimeout.close();
      throw e;
    }
  }

  private static Map<String, Api> apisByPrefix(List<Api> apis) {
    Map<String, Api> byPrefix =
        new TreeMap<>(
            Comparator.comparingInt(String::length).reversed().thenComparing(String::compareTo));
    for (Api api : apis) {
      for (String prefix : api.pathPrefixes().prefixes()) {
        if (byPrefix.put(prefix, api) != null) {
          throw new IllegalArgumentException("Two APIs use the path prefix " + prefix + ".");
        }
      }
    }
    return byPrefix;
  }

  /** Helidon only logs that it cannot listen; binding the address again yields the reason. */
  private static WebServer startListening(WebServer server, ListenAddress address) {
    WebServer started = server.start();
    if (started.isRunning()) {
      return started;
    }
    String message = "cannot listen on " + address.host() + ":" + address.port();
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(address.host(), address.port()));
    } catch (IOException e) {
      throw new UncheckedIOException(message, e);
    }
    throw new IllegalStateException(message);
  }

  private static Http1Config http1(HeaderTimeout headerTimeout) {
    return Http1Config.builder()
        .maxPrologueLength(MAX_LINE_BYTES)
        .maxHeadersSize(MAX_HEADER_BYTES)
        // Clients send brackets, quotes and other invalid characters in queries. Query checks the
        // query of the operations that read it.
        .validatePrologue(false)
        .addReceiveListener(headerTimeout)
        .build();
  }

  private static Problem unreadableRequest() {
    return Problem.of(
        ProblemCode.INVALID_REQUEST,
        "The request cannot be read. It must be HTTP/1.1 or HTTP/2 with a valid first line of at most "
            + MAX_LINE_BYTES
            + " bytes and valid headers of at most "
            + MAX_HEADER_BYTES
            + " bytes.");
  }

  private static ApiResponse throwNotFound() {
    throw Problem.notFound().asException();
  }

  // Requests that Helidon refuses before routing get a problem as well.
  private static DirectHandlers directHandlers() {
    DirectHandlers.Builder handlers = DirectHandlers.builder();
    for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
      handlers.addHandler(
          type,
          (request, event, status, headers, message) ->
              directResponse(request, event, status, headers));
    }
    return handlers.build();
  }

  private static DirectHandler.TransportResponse directResponse(
      DirectHandler.TransportRequest request,
      DirectHandler.EventType event,
      Status status,
      io.helidon.http.ServerResponseHeaders headers) {
    Problem problem = problem(request, event, status);
    ApiResponse.ResponseContent.BytesContent body =
        (ApiResponse.ResponseContent.BytesContent) problem.toResponse().body();
    return DirectHandler.TransportResponse.builder()
        .status(Status.create(problem.code().status()))
        .headers(headers)
        .header(HeaderNames.CONTENT_TYPE, body.mediaType())
        .header(HeaderNames.create(RequestId.HEADER), RequestId.of(Optional.empty()))
        .keepAlive(event.keepAlive())
        .entity(body.content())
        .build();
  }

  private static Problem problem(
      DirectHandler.TransportRequest request, DirectHandler.EventType event, Status status) {
    return switch (event) {
      case PAYLOAD_TOO_LARGE -> Problem.of(ProblemCode.TOO_LARGE, "The body is too large.");
      // The request handler maps the exceptions of operations. What is left comes from Helidon's
      // parsing of
      // methods, upgrades and the like, which throws exceptions of many types.
      case INTERNAL_ERROR -> unreadableRequest();
      case BAD_REQUEST, FORBIDDEN, OTHER, HTTP_VERSION_NOT_SUPPORTED ->
          status.code() == Status.NOT_FOUND_404.code()
              ? Problem.notFound()
              : request.headers().contains(HeaderNames.CONTENT_ENCODING)
                  ? Problem.contentEncodingRefused()
                  : unreadableRequest();
    };
  }

  /** The loops that end requests of clients that are too slow. */
  public List<Loop> loops() {
    return List.of(headerTimeout.loop(), bodyReadTimeout.loop());
  }

  /** The port the server listens on. */
  public int port() {
    return server.port();
  }

  /** Stops accepting requests and waits up to 10 seconds for those in progress. */
  @Override
  public void close() {
    server.stop();
    headerTimeout.close();
    bodyReadTimeout.close();
  }
}
