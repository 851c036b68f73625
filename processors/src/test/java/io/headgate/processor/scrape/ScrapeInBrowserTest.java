package io.headgate.processor.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.batch.Ids;
import io.headgate.batch.Violation;
import io.headgate.outbound.Site;
import io.headgate.processor.Attempt;
import io.headgate.processor.Input;
import io.headgate.processor.Outcome;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Mode browser with pages in a real browser. */
@Tag("browser")
class ScrapeInBrowserTest extends ScrapeBrowserCase {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String FORM =
      """
      <!doctype html><title>Form</title><input id=name><input type=checkbox id=on>
      <input type=checkbox id=off checked><button>go</button><p id=out></p>
      <div style="height: 3000px; background: rgb(200, 30, 30)"></div><p id=low></p><script>
      document.querySelector('button').onclick = () => setTimeout(() =>
        out.innerHTML = '<b class=late>' + [document.querySelector('#name').value,
          document.querySelector('#on').checked, document.querySelector('#off').checked] + '</b>', 200);
      addEventListener('scroll', () => { if (scrollY > 1000) low.textContent = 'seen below'; });
      </script>\
      """;

  @TempDir static Path folder;

  @Test
  void content_added_by_scripts_is_included() throws Exception {
    site.page("/", "text/html", "<p>no</p><script>document.body.innerHTML='<p>yes</p>'</script>");

    assertThat(output("{'mode': 'browser', 'output': 'text'}").path("content").asString())
        .isEqualTo("yes");
    assertThat(output("{'mode': 'auto', 'output': 'text'}").path("content").asString())
        .isEqualTo("yes");
    assertThat(output("{'output': 'text'}").path("content").asString()).isEqualTo("no");
  }

  @Test
  void actions_run_in_order() throws Exception {
    site.page("/", "text/html", FORM);

    JsonNode output =
        output(
            """
            {'fields': {'said': '#out', 'low': '#low'}, 'actions': [
              {'type': 'type', 'selector': '#name', 'value': 'Ada'},
              {'type': 'check', 'selector': '#on'}, {'type': 'uncheck', 'selector': '#off'},
              {'type': 'click', 'selector': 'button'}, {'type': 'wait', 'selector': '.late'},
              {'type': 'scroll', 'to': '80%'}]}\
            """);

    assertThat(output.path("fields").path("said").asString()).isEqualTo("Ada,true,false");
    assertThat(output.path("fields").path("low").asString()).isEqualTo("seen below");
  }

  @Test
  void a_missing_element_fails_the_item_and_is_named() throws Exception {
    site.page("/", "text/html", FORM);

    Outcome.Failed failed =
        failed(
            "{'actions': [{'type': 'wait', 'duration': 1}, {'type': 'click', 'selector': '#x'}]}");

    assertThat(failed.code()).isEqualTo("action-failed");
    assertThat(failed.retryable()).isFalse();
    assertThat(failed.message()).isEqualTo("actions.1 (click): '#x' is not on the page");
  }

  @Test
  void an_invalid_selector_is_named_too() throws Exception {
    site.page("/", "text/html", FORM);

    assertThat(failed("{'actions': [{'type': 'click', 'selector': 'a[['}]}").message())
        .isEqualTo(
            "actions.0 (click): 'a[[' is not a valid selector or not for this kind of element");
    assertThat(failed("{'actions': [{'type': 'check', 'selector': '#name'}]}").message())
        .isEqualTo(
            "actions.0 (check): '#name' is not a valid selector or not for this kind of element");
  }

  @Test
  void screenshots_of_the_viewport_and_of_the_whole_page_are_stored() throws Exception {
    site.page("/", "text/html", FORM);
    InMemoryAttempt attempt = new InMemoryAttempt(folder.resolve("kept"));

    JsonNode output = output("{'screenshot': true}", attempt);
    assertThat(output.path("screenshot").asString()).isEqualTo("screenshot.png");
    BufferedImage viewport = attempt.image("screenshot.png");
    assertThat(viewport.getWidth()).isEqualTo(1_280);
    assertThat(viewport.getHeight()).isEqualTo(720);
    assertThat(viewport.getRGB(600, 600)).isEqualTo(0xffc81e1e);

    output("{'full_page_screenshot': true}", attempt);
    assertThat(attempt.image("screenshot.png").getHeight()).isGreaterThan(3_000);
  }

  @Test
  void a_wait_for_selector_that_never_matches_is_named() throws Exception {
    site.page(
        "/",
        "text/html",
        "<script>setTimeout(() => document.body.innerHTML = '<p id=late>x', 300)</script>");

    assertThat(output("{'wait_for': '#late', 'output': 'text'}").path("content").asString())
        .isEqualTo("x");
    assertThat(failed("{'wait_for': '#never'}").message())
        .isEqualTo("wait_for: '#never' did not appear on the page");
  }

  @Test
  void an_error_status_fails_as_in_fast_mode() throws Exception {
    site.page("/", exchange -> Site.answer(exchange, 503, Map.of("Retry-After", "7"), "later"));

    Outcome.Failed failed = failed("{'mode': 'browser'}");

    assertThat(failed.code()).isEqualTo("http-503");
    assertThat(failed.retryable()).isTrue();
    assertThat(failed.retryAfter()).contains(Duration.ofSeconds(7));
  }

  @Test
  void a_retry_after_date_is_parsed_and_limited() throws Exception {
    Map<String, String> never = Map.of("Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT");
    site.page("/", exchange -> Site.answer(exchange, 503, never, "later"));

    assertThat(failed("{'mode': 'browser'}").retryAfter()).contains(Duration.ofDays(7));
  }

  @Test
  void text_other_than_html_is_returned_unchanged() throws Exception {
    site.page("/", "application/json", "{\"a\": 1}");

    assertThat(output("{'mode': 'browser'}").path("content").asString()).isEqualTo("{\"a\": 1}");
  }

  @Test
  void cookies_are_sent_to_the_host_of_the_page() throws Exception {
    site.page(
        "/",
        exchange ->
            Site.answer(
                exchange,
                200,
                Map.of("Content-Type", "text/html"),
                String.valueOf(exchange.getRequestHeaders().getFirst("Cookie"))));

    String options = "{'mode': 'browser', 'output': 'text', 'headers': {'Cookie': 'a=1; b=2'}}";
    assertThat(output(options).path("content").asString()).isEqualTo("a=1; b=2");
  }

  @Test
  void an_item_can_have_its_own_actions() throws Exception {
    site.page("/", "text/html", "<button onclick='this.textContent = \"clicked\"'>b</button>");
    JsonNode input =
        JSON.createObjectNode()
            .put("url", site.url("/"))
            .set("actions", read("[{'type': 'click', 'selector': 'button'}]"));

    Outcome outcome = run(input, "{'fields': {'b': 'button'}}", new InMemoryAttempt(folder));

    assertThat(((Outcome.Succeeded) outcome).output().path("fields").path("b").asString())
        .isEqualTo("clicked");
  }

  @Test
  void without_a_browser_mode_browser_is_refused_and_mode_auto_runs() throws Exception {
    site.page("/", "text/html", "<p>plain");
    ScrapeProcessor bare = new ScrapeProcessor(outbound);

    assertThat(bare.missingRequirements()).isEmpty();
    assertThat(bare.checkOptions(read("{'mode': 'browser'}")))
        .containsExactly(
            new Violation("mode", "browser is not available on this server; missing: a browser"));
    assertThat(bare.checkOptions(read("{'mode': 'auto'}"))).isEmpty();
    Input input = input(JSON.getNodeFactory().stringNode(site.url("/")), "{'mode': 'auto'}");
    assertThat(bare.run(input, new InMemoryAttempt(folder))).isInstanceOf(Outcome.Succeeded.class);
  }

  private JsonNode output(String options) throws Exception {
    return output(options, new InMemoryAttempt(folder));
  }

  private JsonNode output(String options, Attempt attempt) throws Exception {
    Outcome outcome = run(JSON.getNodeFactory().stringNode(site.url("/")), options, attempt);
    assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
    return ((Outcome.Succeeded) outcome).output();
  }

  private Outcome.Failed failed(String options) throws Exception {
    JsonNode url = JSON.getNodeFactory().stringNode(site.url("/"));
    return (Outcome.Failed) run(url, options, new InMemoryAttempt(folder));
  }

  private Outcome run(JsonNode input, String options, Attempt attempt) throws Exception {
    assertThat(scrape.checkOptions(read(options))).isEmpty();
    assertThat(scrape.checkInput(input, read(options))).isEmpty();
    return scrape.run(input(input, options), attempt);
  }

  private static Input input(JsonNode input, String options) {
    return new Input(Ids.next(), 0, null, input, read(options), List.of());
  }

  private static JsonNode read(String json) {
    return JSON.readTree(json.replace('\'', '"'));
  }

  /** An attempt of 30 seconds that stores artifacts in a map. */
  private record InMemoryAttempt(Path root, long start, Map<String, byte[]> files)
      implements Attempt {

    InMemoryAttempt(Path root) {
      this(root, System.nanoTime(), new LinkedHashMap<>());
    }

    BufferedImage image(String name) throws IOException {
      return ImageIO.read(new java.io.ByteArrayInputStream(files.get(name)));
    }

    @Override
    public int number() {
      return 1;
    }

    @Override
    public Duration remaining() {
      return Duration.ofSeconds(30).minusNanos(System.nanoTime() - start);
    }

    @Override
    public void reportProgress(double ratio, String message) {}

    @Override
    public Path scratchFolder() throws IOException {
      return Files.createDirectories(root);
    }

    @Override
    public void storeArtifact(String name, String mediaType, Path file) throws IOException {
      files.put(name, Files.readAllBytes(file));
    }
  }
}
