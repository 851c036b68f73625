package io.headgate.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** A small web site on loopback. Its pages link to each other and count their requests. */
final class DemoSite implements AutoCloseable {

  private static final Pattern PAGE = Pattern.compile("/pages/(\\d{1,9})");
  private static final int BACKLOG = 1024;
  private static final int LINKS = 5;

  private final AtomicIntegerArray fetches;
  private final Duration delay;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  private DemoSite(int pages, Duration delay, HttpServer server) {
    this.fetches = new AtomicIntegerArray(pages);
    this.delay = delay;
    this.server = server;
  }

  /**
   * Starts the site on a free port.
   *
   * @param delay how long each page takes, so that a batch is still running when it is cancelled
   */
  static DemoSite start(int pages, Duration delay) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    DemoSite site = new DemoSite(pages, delay, HttpServer.create(address, BACKLOG));
    site.server.setExecutor(site.threads);
    site.server.createContext("/", site::respond);
    site.server.start();
    return site;
  }

  int pages() {
    return fetches.length();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  /** The ref of the item of a page. */
  static String ref(int page) {
    return "page-" + page;
  }

  /** All pages as NDJSON items. */
  InputStream items() {
    StringBuilder lines = new StringBuilder();
    for (int page = 0; page < pages(); page++) {
      lines.append(
          "{\"ref\":\"%s\",\"input\":{\"url\":\"%spages/%d\"}}\n"
              .formatted(ref(page), url(), page));
    }
    return new ByteArrayInputStream(lines.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** How many times a page was fetched. */
  int fetches(int page) {
    return fetches.get(page);
  }

  /** How many different pages were fetched. */
  long pagesFetched() {
    return IntStream.range(0, pages()).filter(page -> fetches(page) > 0).count();
  }

  private void respond(HttpExchange exchange) throws IOException {
    try (exchange) {
      Matcher path = PAGE.matcher(exchange.getRequestURI().getPath());
      int page = path.matches() ? Integer.parseInt(path.group(1)) : -1;
      if (page < 0 || page >= pages()) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      fetches.incrementAndGet(page);
      Thread.sleep(delay);
      byte[] html = html(page).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
      exchange.sendResponseHeaders(200, html.length);
      exchange.getResponseBody().write(html);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the site is closing
    }
  }

  private String html(int page) {
    StringBuilder links = new StringBuilder();
    for (int step = 1; step <= LINKS; step++) {
      int next = (int) ((page * 31L + step * 17L) % pages());
      links.append("<li><a href=\"/pages/%1$d\">Page %1$d</a></li>".formatted(next));
    }
    return """
    <!doctype html><html lang="en"><head><title>Page %1$d</title></head>
    <body><main><h1>Page %1$d</h1><p>One of %2$d pages made for this demonstration.</p>
    <ul>%3$s</ul></main></body></html>
    """
        .formatted(page, pages(), links);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
