package io.headgate.bench;

import io.headgate.client.Batch;
import io.headgate.client.NewBatch;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Pages scraped by the whole server, beside loops that have nothing but the libraries. */
final class Scrape implements Comparison {

  private static final int ROUNDS = 3;
  private static final int PAGES_AT_A_MILLION = 4_000;
  private static final int VISITS_AT_A_MILLION = 200;
  private static final int AT_A_TIME = 32;
  private static final double LEAST_OF_BARE_LOOP = 0.9;
  private static final JsonMapper JSON = JsonMapper.shared();

  @Override
  public String name() {
    return "scrape";
  }

  @Override
  public String question() {
    return "pages scraped by the whole server, fast and in a browser, beside bare loops";
  }

  @Override
  public List<Figure> run(Settings settings) throws Exception {
    try (ArticleSite site = new ArticleSite();
        House house = House.open(settings)) {
      return List.of(fast(settings, site, house), inBrowser(settings, site, house));
    }
  }

  private static Figure fast(Settings settings, ArticleSite site, House house) throws Exception {
    List<String> urls = site.urls(settings.scaled(PAGES_AT_A_MILLION, 500));
    List<Rate> served = new ArrayList<>();
    List<Rate> bare = new ArrayList<>();
    try (HttpClient http = HttpClient.newHttpClient();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      serve(house, urls, "fast", AT_A_TIME);
      loop(http, threads, urls);
      for (int round = 0; round < settings.rounds(ROUNDS); round++) {
        served.add(serve(house, urls, "fast", AT_A_TIME));
        bare.add(loop(http, threads, urls));
        Report.say("  fast: server " + served.getLast() + "; bare loop " + bare.getLast());
      }
    }
    return Figure.rates(
        "%,d pages, fast, %d at a time".formatted(urls.size(), AT_A_TIME),
        Rate.median(served),
        "java.net.http and jsoup",
        Rate.median(bare),
        LEAST_OF_BARE_LOOP);
  }

  private static Figure inBrowser(Settings settings, ArticleSite site, House house)
      throws Exception {
    List<String> urls = site.urls(settings.scaled(VISITS_AT_A_MILLION, 40));
    int concurrency = Runtime.getRuntime().availableProcessors();
    List<Rate> served = new ArrayList<>();
    List<Rate> bare = new ArrayList<>();
    try (BarePlaywright browsers = BarePlaywright.start(concurrency)) {
      serve(house, urls, "browser", concurrency);
      visit(browsers, urls);
      for (int round = 0; round < settings.rounds(ROUNDS); round++) {
        served.add(serve(house, urls, "browser", concurrency));
        bare.add(visit(browsers, urls));
        Report.say("  browser: server " + served.getLast() + "; bare loop " + bare.getLast());
      }
    }
    return Figure.rates(
        "%,d pages in a browser, %d at a time".formatted(urls.size(), concurrency),
        Rate.median(served),
        "Playwright loop that reuses its browsers, a context a page",
        Rate.median(bare),
        LEAST_OF_BARE_LOOP);
  }

  private static Rate serve(House house, List<String> urls, String mode, int concurrency)
      throws Exception {
    byte[] items = ("\"" + String.join("\"\n\"", urls) + "\"\n").getBytes(StandardCharsets.UTF_8);
    long before = System.nanoTime();
    Batch batch =
        house.submit(
            NewBatch.of("scrape")
                .backoff(Duration.ZERO, Duration.ZERO)
                .concurrency(concurrency)
                .option("mode", JSON.valueToTree(mode))
                .option("per_host_concurrency", JSON.valueToTree(concurrency))
                .option(
                    "fields",
                    JSON.readTree(
                        "{\"title\":\"h1\",\"texts\":{\"selector\":\"p.text\",\"all\":true}}")),
            items);
    Waiting.until(
        "all pages are read", () -> house.client().batch(batch.id()).value().finishedAt() != null);
    Rate rate = Rate.of(urls.size(), System.nanoTime() - before, "pages");
    long read = house.client().batch(batch.id()).value().counts().succeeded();
    if (read != urls.size()) {
      throw new IllegalStateException("only " + read + " of " + urls.size() + " pages were read");
    }
    return rate;
  }

  private static Rate loop(HttpClient http, ExecutorService threads, List<String> urls)
      throws Exception {
    Semaphore places = new Semaphore(AT_A_TIME);
    long before = System.nanoTime();
    List<Future<String>> read = new ArrayList<>();
    for (String url : urls) {
      places.acquire();
      read.add(
          threads.submit(() -> {
            try {
              HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
              byte[] page = http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
              return fields(new String(page, StandardCharsets.UTF_8), url);
            } finally {
              places.release();
            }
          }));
    }
    for (Future<String> each : read) {
      each.get();
    }
    return Rate.of(urls.size(), System.nanoTime() - before, "pages");
  }

  private static Rate visit(BarePlaywright browsers, List<String> urls) throws Exception {
    return browsers.run(
        urls,
        (page, url) -> {
          page.navigate(url);
          fields(page.content(), url);
        },
        "pages");
  }

  /** What the server is asked for, too. */
  private static String fields(String html, String url) {
    Document page = Jsoup.parse(html, url);
    ObjectNode fields = JSON.createObjectNode();
    fields.put("title", page.selectFirst("h1") == null ? null : page.expectFirst("h1").text());
    ArrayNode texts = fields.putArray("texts");
    page.select("p.text").forEach(each -> texts.add(each.text()));
    return fields.toString();
  }
}
