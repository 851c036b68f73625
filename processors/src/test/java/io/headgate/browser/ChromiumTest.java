package io.headgate.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The command line of browsers, and the processes that they start. */
class ChromiumTest extends BrowserCase {

  private static final String DISABLE_FEATURES = "--disable-features=";
  private static final Pattern NUMBER = Pattern.compile("--renderer-client-id=(\\d+)");

  /** When this fails after an update of the driver, copy its list to {@link Chromium}. */
  @Test
  void the_list_of_features_that_the_driver_disables_is_current() {
    Path executable = Chromium.find(Optional.empty()).orElseThrow();
    BrowserType.LaunchOptions bare =
        new BrowserType.LaunchOptions()
            .setExecutablePath(executable)
            .setChromiumSandbox(Chromium.sandboxed());
    try (Playwright playwright =
            Playwright.create(new Playwright.CreateOptions().setEnv(BrowserLauncher.NO_DOWNLOAD));
        Browser _ = playwright.chromium().launch(bare)) {
      assertThat(disabledFeatures()).contains(Chromium.DISABLED_BY_DRIVER);
    }
  }

  /** The browser numbers its renderers, so a spare one would leave a gap. */
  @Test
  void a_visit_starts_exactly_one_renderer_process() throws Exception {
    site.page("/", "text/html", html("page", ""));

    long first = highestRendererNumber();
    long second = highestRendererNumber();
    long third = highestRendererNumber();

    assertThat(List.of(second - first, third - second)).containsOnly(1L);
  }

  /** The highest number of a renderer process while a page is open. */
  private long highestRendererNumber() throws Exception {
    return browsers.visit(
        Visit.lasting(TIME_LIMIT),
        page -> {
          page.navigate(site.url("/"));
          return running()
              .map(NUMBER::matcher)
              .filter(Matcher::find)
              .mapToLong(found -> Long.parseLong(found.group(1)))
              .max()
              .orElseThrow();
        });
  }

  private static List<List<String>> disabledFeatures() {
    return running()
        .filter(line -> !line.contains("--type="))
        .flatMap(line -> Arrays.stream(line.split("\0", -1)))
        .filter(argument -> argument.startsWith(DISABLE_FEATURES))
        .map(argument -> List.of(argument.substring(DISABLE_FEATURES.length()).split(",", -1)))
        .toList();
  }

  private static Stream<String> running() {
    return Processes.drivers().flatMap(ProcessHandle::descendants).map(Processes::commandLine);
  }
}
