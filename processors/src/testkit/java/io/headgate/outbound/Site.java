package io.headgate.outbound;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A web site on loopback with the pages of a test. */
public final class Site implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  public Site() {
    this(InetAddress.getLoopbackAddress());
  }

  Site(InetAddress address) {
    try {
      server = HttpServer.create(new InetSocketAddress(address, 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    server.setExecutor(threads);
    server.start();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public String url(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  public Site page(String path, HttpHandler handler) {
    server.createContext(path, handler);
    return this;
  }

  public Site page(String path, String contentType, String body) {
    return page(path, exchange -> answer(exchange, 200, Map.of("Content-Type", contentType), body));
  }

  public Site bytes(String path, String contentType, byte[] body) {
    return page(path, exchange -> answer(exchange, 200, Map.of("Content-Type", contentType), body));
  }

  public Site redirect(String path, String location) {
    return page(path, exchange -> answer(exchange, 302, Map.of("Location", location), ""));
  }

  public static void answer(
      HttpExchange exchange, int status, Map<String, String> headers, String body)
      throws IOException {
    answer(exchange, status, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  public static void answer(
      HttpExchange exchange, int status, Map<String, String> headers, byte[] body)
      throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      headers.forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
