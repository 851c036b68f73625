package io.headgate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("process")
class DemoPartsTest {

  @TempDir Path folder;

  @Test
  void the_site_links_its_pages_and_counts_requests() throws Exception {
    try (DemoSite site = DemoSite.start(20, Duration.ZERO);
        HttpClient browser = HttpClient.newHttpClient()) {
      HttpResponse<String> page = get(browser, site.url().resolve("pages/7"));
      get(browser, site.url().resolve("pages/7"));

      assertThat(page.body()).contains("<title>Page 7</title>").contains("href=\"/pages/");
      assertThat(get(browser, site.url().resolve("pages/20")).statusCode()).isEqualTo(404);
      assertThat(site.fetches(7)).isEqualTo(2);
      assertThat(site.pagesFetched()).isEqualTo(1);
    }
  }

  @Test
  void the_sites_items_name_every_page_once() throws IOException {
    try (DemoSite site = DemoSite.start(20, Duration.ZERO)) {
      assertThat(new String(site.items().readAllBytes(), StandardCharsets.UTF_8).lines())
          .hasSize(20)
          .first()
          .isEqualTo("{\"ref\":\"page-0\",\"input\":{\"url\":\"" + site.url() + "pages/0\"}}");
    }
  }

  @Test
  void a_server_is_ready_after_its_ready_line_and_its_folder_is_removed_with_it() throws Exception {
    Path launcher =
        script(
            """
            mkdir -p "$3"
            echo "hg_demo $HEADGATE_ALLOW_PRIVATE_TARGETS" > "$3/admin.key"
            echo "$3" > "$(dirname "$0")/data-folder"
            echo "something else first"
            echo "headgate ready on http://127.0.0.1:$5"
            exec tail -f /dev/null
            """);

    URI url;
    try (DemoServer server = DemoServer.start(launcher)) {
      url = server.url();
      assertThat(server.key()).isEqualTo("hg_demo true");
    }

    assertThat(url.getPort()).isPositive();
    assertThat(Path.of(Files.readString(folder.resolve("data-folder")).strip()).getParent())
        .doesNotExist();
  }

  @Test
  void a_server_that_does_not_start_is_reported_with_the_end_of_its_log() throws IOException {
    Path launcher = script("echo 'the port is taken' >&2; exit 1");

    assertThatThrownBy(() -> DemoServer.start(launcher)).hasMessageContaining("the port is taken");
  }

  private Path script(String body) throws IOException {
    Path script = Files.writeString(folder.resolve("launcher"), "#!/bin/sh\n" + body);
    return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }

  private static HttpResponse<String> get(HttpClient browser, URI url) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(url).build();
    return browser.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
