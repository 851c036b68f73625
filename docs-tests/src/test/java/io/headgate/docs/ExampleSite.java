package io.headgate.docs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** The local web site that replaces example.com. It responds to a limited number of requests. */
final class ExampleSite implements AutoCloseable {

  private static final String PAGE =
      "<html><head><title>Example</title></head><body><h1>Example</h1>"
          + "<p class=price>9</p><a rel=next href=/2>more</a></body></html>";

  private final Semaphore permits = new Semaphore(0);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  ExampleSite() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::respond);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Responds to this many further requests and blocks the following ones. */
  void respondOnly(int requests) {
    permits.drainPermits();
    permits.release(requests);
  }

  /** Responds to all requests. */
  void respondToAll() {
    permits.drainPermits();
    permits.release(1 << 30);
  }

  private void respond(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      permits.acquire();
      boolean page = exchange.getRequestMethod().equals("GET");
      byte[] body = (page ? PAGE : "{\"accepted\": true}").getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", page ? "text/html" : "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    respondToAll();
    server.stop(0);
    threads.shutdownNow();
  }
}
