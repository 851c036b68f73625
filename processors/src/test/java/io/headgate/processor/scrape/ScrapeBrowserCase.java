package io.headgate.processor.scrape;

import io.headgate.browser.Browsers;
import io.headgate.browser.RequiredBrowser;
import io.headgate.outbound.Outbound;
import io.headgate.outbound.Site;
import io.headgate.processor.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Base class with a processor and a real browser for each class, and a site for each test. Options
 * are written with single quotes.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ScrapeBrowserCase {

  static final Duration TIME = Duration.ofSeconds(40);

  Outbound outbound;
  Browsers browsers;
  ScrapeProcessor scrape;
  Site site = new Site();

  @BeforeAll
  void start(@TempDir Path folder) {
    RequiredBrowser.require();
    outbound = new Outbound(true, InstantSource.system());
    browsers = Browsers.start(settings(folder), outbound.targetCheck());
    scrape = new ScrapeProcessor(outbound, browsers, Optional.empty());
  }

  Browsers.BrowserSettings settings(Path folder) {
    return Browsers.BrowserSettings.defaults(folder);
  }

  @AfterAll
  void stop() {
    if (browsers != null) {
      browsers.close();
      outbound.close();
    }
  }

  @AfterEach
  void newSite() {
    site.close();
    site = new Site();
  }

  Outcome run(String options) throws InterruptedException {
    return run("/", options, TIME);
  }

  Outcome run(String path, String options, Duration time) throws InterruptedException {
    JsonNode url = ScrapeCase.JSON.getNodeFactory().stringNode(site.url(path));
    return ScrapeCase.run(scrape, url, options.replace('\'', '"'), time);
  }
}
