package io.headgate.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.outbound.Site;
import io.headgate.outbound.TargetCheck;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A real browser with one slot, shared by the tests of a class, and a new site for each test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BrowserCase {

  static final Duration TIME_LIMIT = Duration.ofSeconds(30);

  @TempDir static Path folder;

  TargetCheck targets;
  Browsers browsers;
  Site site = new Site();
  private boolean hasNextPage;

  @BeforeAll
  void startBrowser() {
    RequiredBrowser.require();
    targets = targets();
    browsers = Browsers.start(settings(), targets);
  }

  @AfterAll
  void stopBrowser() {
    if (browsers != null) {
      browsers.close();
      targets.close();
    }
  }

  @AfterEach
  void newSite() {
    site.close();
    site = new Site();
    hasNextPage = false;
  }

  TargetCheck targets() {
    return new TargetCheck(true);
  }

  Browsers.BrowserSettings settings() {
    return settings("one");
  }

  static Browsers.BrowserSettings settings(String name) {
    return new Browsers.BrowserSettings(
        1, Optional.empty(), Browsers.BrowserLimits.defaults(1), folder.resolve(name));
  }

  String title(String path) throws Exception {
    return browsers.visit(
        Visit.lasting(TIME_LIMIT),
        page -> {
          page.navigate(site.url(path));
          return page.title();
        });
  }

  void assertTheNextVisitWorks() throws Exception {
    if (!hasNextPage) {
      site.page("/next", "text/html", html("next", ""));
      hasNextPage = true;
    }
    assertThat(title("/next")).isEqualTo("next");
  }

  static String html(String title, String script) {
    return "<!doctype html><title>" + title + "</title><script>" + script + "</script>";
  }
}
