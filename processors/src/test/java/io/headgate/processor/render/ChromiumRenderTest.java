package io.headgate.processor.render;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.headgate.browser.Browsers;
import io.headgate.browser.Visit;
import io.headgate.outbound.TargetCheck;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Rendering with a real browser. */
@Tag("browser")
class ChromiumRenderTest extends RenderCase {

  private static TargetCheck targets;
  private static Browsers browsers;

  @BeforeAll
  static void startBrowser() {
    targets = new TargetCheck(true);
    browsers =
        Browsers.start(
            new Browsers.BrowserSettings(
                1,
                Optional.empty(),
                Browsers.BrowserLimits.defaults(1),
                Path.of("target", "render-browsers").toAbsolutePath()),
            targets);
    boolean available = browsers.missing().isEmpty();
    if (Boolean.getBoolean("headgate.require-browser")) {
      assertThat(available).as("a browser on the PATH").isTrue();
    }
    assumeTrue(available, "no browser on this machine");
  }

  @AfterAll
  static void stopBrowser() {
    browsers.close();
    targets.close();
  }

  @Override
  RenderProcessor render() {
    return processor(browsers);
  }

  private PixelImage image(String html, String options) throws Exception {
    return PixelImage.of(file(html(html), options));
  }

  @Test
  void an_image_has_the_size_the_colours_and_the_text_of_its_html() throws Exception {
    JsonNode output = output(html(BLOCKS), "{\"width\":200,\"height\":150,\"scale\":1.5}");

    assertThat(output.path("made_by").asString()).isEqualTo("chromium");
    PixelImage picture = PixelImage.of(attempt.artifact("default.png").bytes());
    assertThat(picture.size()).isEqualTo("300x225");
    assertThat(output.at("/results/0/width").asInt()).isEqualTo(300);
    assertThat(picture.color(75, 75)).isEqualTo("#ff0000");
    assertThat(picture.color(225, 75)).isEqualTo("#0000ff");
    assertThat(picture.darkShare(0, 150, 150, 75)).isBetween(0.05, 0.6);
  }

  @Test
  void a_jpeg_has_the_requested_quality() throws Exception {
    String options = "{\"format\":\"jpeg\",\"width\":200,\"height\":150,\"quality\":%s}";
    byte[] high = file(html(BLOCKS), options.formatted(1));
    byte[] low = file(html(BLOCKS), options.formatted(0.1));

    assertThat(low.length).isLessThan(high.length);
    assertThat(PixelImage.of(high).isNear(50, 50, "#ff0000")).isTrue();
  }

  @Test
  void a_webp_is_read_back_by_the_browser_pixel_by_pixel() throws Exception {
    JsonNode output =
        output(html(BLOCKS), "{\"format\":\"webp\",\"width\":200,\"height\":150,\"quality\":1}");
    ArtifactAttempt.KeptArtifact kept = attempt.artifact("default.webp");

    assertThat(kept.mediaType()).isEqualTo("image/webp");
    assertThat(output.at("/results/0/width").asInt()).isEqualTo(200);
    assertThat(output.at("/results/0/height").asInt()).isEqualTo(150);
    String address = "data:image/webp;base64," + Base64.getEncoder().encodeToString(kept.bytes());
    Object pixels =
        browsers.visit(
            Visit.lasting(Duration.ofSeconds(30)),
            page ->
                page.evaluate(
                    """
                    async address => {
                      const image = new Image();
                      image.src = address;
                      await image.decode();
                      const canvas = document.createElement('canvas');
                      canvas.width = image.width; canvas.height = image.height;
                      const pen = canvas.getContext('2d');
                      pen.drawImage(image, 0, 0);
                      const at = (x, y) => Array.from(pen.getImageData(x, y, 1, 1).data)
                          .map(v => v > 127 ? 1 : 0).join('');
                      return [image.width, image.height, at(50, 50), at(150, 50)].join(' ');
                    }
                    """,
                    address));
    assertThat(pixels).isEqualTo("200 150 1001 0011");
  }

  @Test
  void a_selector_renders_only_the_matching_element() throws Exception {
    String html =
        "<body style='margin:0'><div style='height:900px'></div>"
            + "<div id=a style='margin-left:7px;width:40px;height:30px;background:#00ff00'></div>";

    PixelImage picture = image(html, "{\"selector\":\"#a\",\"width\":300,\"height\":200}");

    assertThat(picture.size()).isEqualTo("40x30");
    assertThat(picture.color(1, 1)).isEqualTo("#00ff00");
    assertThat(picture.color(38, 28)).isEqualTo("#00ff00");
    assertThat(failed(html(html), "{\"selector\":\"#b\"}").code()).isEqualTo("element-not-found");
    assertThat(failed(html(html), "{\"selector\":\"##\"}").code()).isEqualTo("invalid-selector");
  }

  @Test
  void a_full_page_is_as_high_as_the_page_and_one_too_high_fails() throws Exception {
    String page = "<body style='margin:0'><div style='height:%dpx;background:#ff0000'></div>";

    assertThat(
            image(page.formatted(1_500), "{\"full_page\":true,\"width\":100,\"height\":100}")
                .size())
        .isEqualTo("100x1500");
    assertThat(
            failed(html(page.formatted(1_000_000)), "{\"full_page\":true,\"width\":100}").message())
        .isEqualTo(
            "an image of 100 × 1000000 pixels is too large; the limits are 16384 per side and"
                + " 50000000 in total");
  }

  @Test
  void empty_space_is_transparent_or_has_the_background_colour() throws Exception {
    String size = "\"width\":90,\"height\":90";

    assertThat(image("x", "{" + size + ",\"transparent\":true}").alpha(80, 80)).isZero();
    assertThat(image("x", "{" + size + ",\"background\":\"#00ff00\"}").color(80, 80))
        .isEqualTo("#00ff00");
    assertThat(image("x", "{" + size + "}").color(80, 80)).isEqualTo("#ffffff");
  }

  @Test
  void a_pdf_has_the_page_size_the_title_and_the_text() throws Exception {
    String two = "<p>First page</p><p style='break-before:page'>Second page</p>";
    JsonNode output =
        output(
            html(two),
            "{\"format\":\"pdf\",\"page\":{\"preset\":\"Letter\",\"title\":\"Two\","
                + "\"margins_mm\":10}}");

    assertThat(output.at("/results/0/pages").asInt()).isEqualTo(2);
    assertThat(output.at("/results/0/width").asInt()).isEqualTo(816);
    try (PDDocument pdf = Loader.loadPDF(attempt.artifact("default.pdf").bytes())) {
      assertThat(pdf.getPage(0).getMediaBox().getHeight()).isCloseTo(792f, within(1f));
      assertThat(pdf.getDocumentInformation().getTitle()).isEqualTo("Two");
      assertThat(new PDFTextStripper().getText(pdf)).contains("First page", "Second page");
    }
  }

  @Test
  void a_gif_shows_animations_of_css_and_of_scripts_frame_by_frame() throws Exception {
    String html =
        """
        <style>body{margin:0} @keyframes turn {from{background:#ff0000} to{background:#0000ff}}
        #a{width:50px;height:50px;animation:turn 1s steps(2, jump-none) forwards}
        #b{width:50px;height:50px}</style><div id=a></div><div id=b></div>
        <script>let n = 0; setInterval(() => {
          document.getElementById('b').style.background = n++ % 2 ? '#00ff00' : '#000000'; }, 250);
        </script>
        """;
    String options =
        "{\"format\":\"gif\",\"width\":60,\"height\":110,\"duration_seconds\":1,\"fps\":4}";

    GifFrames gif = GifFrames.of(file(html(html), options));

    assertThat(gif.loopsForever()).isTrue();
    assertThat(gif.delays().stream().mapToInt(Integer::intValue).sum()).isEqualTo(100);
    assertThat(gif.images()).hasSize(4);
    assertThat(gif.images().getFirst().isNear(25, 25, "#ff0000")).isTrue();
    assertThat(gif.images().getLast().isNear(25, 25, "#0000ff")).isTrue();
    assertThat(gif.images().stream().map(picture -> picture.color(25, 75)).distinct())
        .hasSizeGreaterThan(1);
  }

  @Test
  void a_page_without_an_animation_is_refused_for_a_gif() throws Exception {
    assertThat(
            failed(html("<p>still"), "{\"format\":\"gif\",\"duration_seconds\":1,\"fps\":3}")
                .message())
        .isEqualTo("nothing on the page moves within 1.0 seconds; a GIF needs an animation");
  }

  @Test
  void a_page_is_rendered_and_a_missing_one_fails_its_item() throws Exception {
    site.page("/page", "text/html", BLOCKS);

    assertThat(PixelImage.of(file(url("/page"), "{\"width\":200,\"height\":150}")).color(50, 50))
        .isEqualTo("#ff0000");
    assertThat(failed(url("/gone"), "{}").code()).isEqualTo("http-404");
  }

  @Test
  void an_invalid_font_fails_the_item_with_a_clear_message() throws Exception {
    site.page("/Odd.woff2", "font/woff2", "wOF2 and then no font");
    site.page("/none", "font/woff2", "no font at all");

    assertThat(failed(html("x"), fonts("/Odd.woff2")).message())
        .isEqualTo("the URL of the font Odd does not return a font");
    assertThat(failed(html("x"), fonts("/none")).code()).isEqualTo("invalid-font");
  }

  @Test
  void images_from_other_urls_are_rendered() throws Exception {
    site.bytes("/dot.png", "image/png", TestImages.png("#00ff00", 10, 10));
    String dot = site.url("/dot.png");
    String html =
        ("<body style='margin:0'><img src='" + dot + "' width=50 height=50 style='display:block'>")
            + ("<div style='width:50px;height:50px;background:url(" + dot + ")'></div>");

    PixelImage picture = image(html, "{\"width\":100,\"height\":100}");

    assertThat(picture.color(25, 25)).isEqualTo("#00ff00");
    assertThat(picture.color(25, 75)).isEqualTo("#00ff00");
    assertThat(picture.color(75, 25)).isEqualTo("#ffffff");
  }

  @Test
  void a_loaded_font_is_used_for_its_family() throws Exception {
    String sans = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";
    try (InputStream file = requireNonNull(PDDocument.class.getResourceAsStream(sans))) {
      site.bytes("/own.ttf", "font/ttf", file.readAllBytes());
    }
    String html = "<body style=\"margin:0;font:40px 'My Own',monospace\">iiiiiiiiii";
    String size = "\"width\":300,\"height\":60";

    PixelImage without = image(html, "{" + size + "}");
    PixelImage with =
        image(
            html,
            "{%s,\"fonts\":[{\"family\":\"My Own\",\"url\":\"%s\"}]}"
                .formatted(size, site.url("/own.ttf")));

    assertThat(without.darkShare(150, 0, 100, 60)).isPositive();
    assertThat(with.darkShare(0, 0, 80, 60)).isPositive();
    assertThat(with.darkShare(150, 0, 100, 60)).isZero();
  }

  @Test
  void a_pdf_of_html_without_a_title_has_no_title() throws Exception {
    try (PDDocument pdf = Loader.loadPDF(file(html("<p>x"), "{\"format\":\"pdf\"}"))) {
      assertThat(pdf.getDocumentInformation().getTitle()).isNull();
    }
    try (PDDocument pdf = Loader.loadPDF(file(html(BLOCKS), "{\"format\":\"pdf\"}"))) {
      assertThat(pdf.getDocumentInformation().getTitle()).isEqualTo("Blocks");
    }
  }

  private String fonts(String path) {
    return "{\"fonts\":[\"" + site.url(path) + "\"]}";
  }

  @Test
  void an_endless_script_fails_its_item_and_the_next_item_succeeds() throws Exception {
    attempt = new ArtifactAttempt(Duration.ofSeconds(4));

    assertThat(failed(html("<script>for(;;){}</script>"), "{}").retryable()).isTrue();

    attempt = new ArtifactAttempt(Duration.ofSeconds(60));
    assertThat(image(BLOCKS, "{\"width\":200,\"height\":150}").color(50, 50)).isEqualTo("#ff0000");
  }

  @Test
  void dialogs_and_windows_do_not_block_rendering() throws Exception {
    String html =
        "<body style='margin:0;background:#00ff00'><script>alert(1);confirm(2);"
            + "for(let i=0;i<5;i++)open('about:blank')</script>";

    assertThat(image(html, "{\"width\":50,\"height\":50}").color(25, 25)).isEqualTo("#00ff00");
  }
}
