package io.headgate.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A plain scrape loop with java.net.http and jsoup, as one would write it without a server: one
 * virtual thread per page, a limit on concurrent pages, three attempts, and a file with one line of
 * JSON per page.
 */
final class BareScrape implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int ATTEMPTS = 3;
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final long TIMEOUT_SECONDS = 180;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final int concurrency;

  BareScrape(int concurrency) {
    this.concurrency = concurrency;
  }

  Rate run(List<String> urls) throws Exception {
    Path file = Files.createTempFile("bare-scrape", ".ndjson");
    Semaphore permits = new Semaphore(concurrency);
    long before = System.nanoTime();
    List<Future<String>> read = new ArrayList<>();
    for (String url : urls) {
      permits.acquire();
      read.add(
          threads.submit(() -> {
            try {
              return fields(page(url), url);
            } finally {
              permits.release();
            }
          }));
    }
    try (BufferedWriter lines = Files.newBufferedWriter(file)) {
      for (Future<String> each : read) {
        lines.append(each.get(TIMEOUT_SECONDS, TimeUnit.SECONDS)).append('\n');
      }
    }
    Rate rate = Rate.of(urls.size(), System.nanoTime() - before, "pages");
    Files.delete(file);
    return rate;
  }

  private String page(String url) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).timeout(TIMEOUT).build();
    for (int attempt = 1; ; attempt++) {
      try {
        HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        return new String(response.body(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** Extracts the fields that the server extracts in the same comparison. */
  static String fields(String html, String url) {
    Document page = Jsoup.parse(html, url);
    ObjectNode fields = JSON.createObjectNode();
    fields.put("title", page.expectFirst("h1").text());
    ArrayNode texts = fields.putArray("texts");
    page.select("p.text").forEach(each -> texts.add(each.text()));
    return fields.toString();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    http.shutdownNow();
  }
}
