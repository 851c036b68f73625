package io.headgate.bench;

import io.headgate.client.NewBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** Compares scraping through the whole server with plain loops over the same libraries. */
final class Scrape implements Comparison {

  private static final int ROUNDS = 7;
  private static final int WARMING = 5;
  private static final int PAGES_AT_A_MILLION = 20_000;
  private static final int VISITS_AT_A_MILLION = 200;
  private static final int AT_A_TIME = 32;
  private static final double LEAST_OF_BARE_LOOP = 0.9;
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
        House house = House.open(settings)) {
      List<Figure> figures = new ArrayList<>();
      figures.add(fast(settings, site, house));
      figures.addAll(inBrowser(settings, site, house));
      return figures;
    }
  }

  private static Figure fast(Settings settings, ArticleSite site, House house) throws Exception {
    List<String> urls = site.urls(settings.scaled(PAGES_AT_A_MILLION, 500));
    // The same number of concurrent fetches as in the loop.
    NewBatch batch = batch("fast").option("per_host_concurrency", AT_A_TIME);
    try (BareScrape bare = new BareScrape(AT_A_TIME)) {
      return Turns.take(
              "fast",
              settings.rounds(WARMING),
              settings.rounds(ROUNDS),
              () -> Ended.rate(house, batch, lines(urls), "pages"),
              () -> bare.run(urls))
          .figure(
              "%,d pages, fast, %d at a time".formatted(urls.size(), AT_A_TIME),
              "java.net.http and jsoup",
              LEAST_OF_BARE_LOOP);
    }
  }

  private static List<Figure> inBrowser(Settings settings, ArticleSite site, House house)
      throws Exception {
    List<String> urls = site.urls(settings.scaled(VISITS_AT_A_MILLION, 40));
    // Items that wait for a browser do not count as open pages.
    NewBatch batch = batch("browser").option("per_host_concurrency", AT_A_TIME);
    BrowserTurns.Given given = new BrowserTurns.Given(urls.size(), lines(urls));
    return new BrowserTurns("browser", "pages", batch, given, bare -> bare.visit(urls))
        .take(settings, house);
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
