package io.headgate.pages;

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
final class Site implements AutoCloseable {

  private static final String PAGE =
      "<html><head><title>Example</title></head><body><h1>Example</h1>"
          + "<p class=price>9</p><a rel=next href=/2>more</a></body></html>";

  private final Semaphore answers = new Semaphore(0);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  Site() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Responds to this many further requests and blocks the following ones. */
  void answerOnly(int requests) {
    answers.drainPermits();
    answers.release(requests);
  }

  /** Responds to all requests. */
  void answerAll() {
    answers.drainPermits();
    answers.release(1 << 30);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      answers.acquire();
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
    answerAll();
    server.stop(0);
    threads.shutdownNow();
  }
}
