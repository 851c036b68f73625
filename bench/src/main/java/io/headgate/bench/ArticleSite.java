package io.headgate.bench;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** A web site on loopback. Every page is an article of about 20 kB. */
final class ArticleSite implements AutoCloseable {

  private static final int PARAGRAPHS = 60;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  ArticleSite() throws IOException {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
    byte[] page = page().getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    server.setExecutor(threads);
    server.start();
  }

  private static String page() {
    StringBuilder page =
        new StringBuilder("<!doctype html><title>An article</title><nav><a href=/>Home</a></nav>");
    page.append("<article><h1>An article</h1>");
    for (int i = 0; i < PARAGRAPHS; i++) {
      page.append("<p class=text>Paragraph <b>").append(i).append("</b>. ");
      page.append("What it says is of no importance, as long as it is long enough. ".repeat(5));
      page.append("<a href=/next/").append(i).append(">more</a></p>");
    }
    return page.append("</article><footer>The end</footer>").toString();
  }

  List<String> urls(int count) {
    String base = "http://127.0.0.1:" + server.getAddress().getPort();
    return IntStream.range(0, count).mapToObj(i -> base + "/article/" + i).toList();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
