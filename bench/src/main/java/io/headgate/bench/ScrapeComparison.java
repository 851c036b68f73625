package io.headgate.bench;

import io.headgate.client.NewBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** Compares scraping through the whole server with plain loops over the same libraries. */
final class ScrapeComparison implements Comparison {

  private static final int ROUNDS = 7;
  private static final int WARM_UP_ROUNDS = 5;
  private static final int PAGES_AT_A_MILLION = 20_000;
  private static final int VISITS_AT_A_MILLION = 200;
  private static final int CONCURRENCY = 32;
  private static final double MIN_OF_BARE_LOOP = 0.9;
  private static final JsonMapper JSON = JsonMapper.shared();

  /** The fields that {@link BareScrape} extracts. */
  private static final String FIELDS =
      "{\"title\":\"h1\",\"texts\":{\"selector\":\"p.text\",\"all\":true}}";

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
        BenchServer server = BenchServer.open(settings)) {
      List<Figure> figures = new ArrayList<>();
      figures.add(fast(settings, site, server));
      figures.addAll(inBrowser(settings, site, server));
      return figures;
    }
  }

  private static Figure fast(Settings settings, ArticleSite site, BenchServer server)
      throws Exception {
    List<String> urls = site.urls(settings.scaled(PAGES_AT_A_MILLION, 500));
    // The same number of concurrent fetches as in the loop.
    NewBatch batch = batch("fast").option("per_host_concurrency", CONCURRENCY);
    try (BareScrape bare = new BareScrape(CONCURRENCY)) {
      return PairedRounds.run(
              "fast",
              settings.rounds(WARM_UP_ROUNDS),
              settings.rounds(ROUNDS),
              () -> BatchRun.rate(server, batch, lines(urls), "pages"),
              () -> bare.run(urls))
          .figure(
              "%,d pages, fast, %d at a time".formatted(urls.size(), CONCURRENCY),
              "java.net.http and jsoup",
              MIN_OF_BARE_LOOP);
    }
  }

  private static List<Figure> inBrowser(Settings settings, ArticleSite site, BenchServer server)
      throws Exception {
    List<String> urls = site.urls(settings.scaled(VISITS_AT_A_MILLION, 40));
    // Items that wait for a browser do not count as open pages.
    NewBatch batch = batch("browser").option("per_host_concurrency", CONCURRENCY);
    BrowserComparison.BrowserItems items =
        new BrowserComparison.BrowserItems(urls.size(), lines(urls));
    return new BrowserComparison("browser", "pages", batch, items, bare -> bare.visit(urls))
        .run(settings, server);
  }

  private static NewBatch batch(String mode) {
    return NewBatch.of("scrape")
        .backoff(Duration.ZERO, Duration.ZERO)
        .option("mode", mode)
        .option("fields", JSON.readTree(FIELDS));
  }

  private static String lines(List<String> urls) {
    return "\"" + String.join("\"\n\"", urls) + "\"\n";
  }
}
