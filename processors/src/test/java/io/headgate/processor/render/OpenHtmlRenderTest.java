package io.headgate.processor.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.headgate.browser.Browsers;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Rendering without a browser. */
class OpenHtmlRenderTest extends RenderCase {

  private static final Path NO_BROWSER = Path.of("target", "no-browser");

  private final Browsers browsers =
      Browsers.start(
          new Browsers.BrowserSettings(
              1,
              Optional.of(NO_BROWSER),
              Browsers.BrowserLimits.defaults(1),
              Path.of("target", "browsers")),
          outbound.targetCheck());
  private final RenderProcessor render = processor(browsers);

  @AfterEach
  void closeBrowsers() {
    browsers.close();
  }

  @Override
  RenderProcessor render() {
    return render;
  }

  @Test
  void notes_name_what_is_missing() {
    assertThat(render.missingRequirements()).isEmpty();
    assertThat(render.restrictions())
        .containsExactly(
            "no browser; openhtmltopdf renders PNG, JPEG and PDF without scripts, other formats are"
                + " refused; missing: the browser "
                + NO_BROWSER
                + " (browser_executable) cannot be run");
  }

  @Test
  void an_image_has_the_size_the_colours_and_the_text_of_its_html() throws Exception {
    JsonNode output = output(html(BLOCKS), "{\"width\":200,\"height\":150}");

    assertThat(output.path("made_by").asString()).isEqualTo("openhtmltopdf");
    assertThat(output.path("errors").isEmpty()).isTrue();
    JsonNode result = output.path("results").path(0);
    assertThat(result.path("width").asInt()).isEqualTo(200);
    assertThat(result.path("artifact").asString()).isEqualTo("default.png");
    assertThat(attempt.artifact("default.png").mediaType()).isEqualTo("image/png");
    PixelImage picture = PixelImage.of(attempt.artifact("default.png").bytes());
    assertThat(picture.size()).isEqualTo("200x150");
    assertThat(picture.color(50, 50)).isEqualTo("#ff0000");
    assertThat(picture.color(150, 50)).isEqualTo("#0000ff");
    assertThat(picture.darkShare(0, 100, 100, 50)).isBetween(0.05, 0.6);
  }

  @Test
  void a_scale_multiplies_the_pixels_of_the_image() throws Exception {
    PixelImage picture =
        PixelImage.of(file(html(BLOCKS), "{\"width\":200,\"height\":150,\"scale\":2}"));

    assertThat(picture.size()).isEqualTo("400x300");
    assertThat(picture.color(198, 198)).isEqualTo("#ff0000");
    assertThat(picture.color(202, 10)).isEqualTo("#0000ff");
  }

  @Test
  void a_jpeg_is_smaller_with_less_quality() throws Exception {
    String options = "{\"format\":\"jpeg\",\"width\":200,\"height\":150,\"quality\":%s}";
    byte[] high = file(html(BLOCKS), options.formatted(1));
    byte[] low = file(html(BLOCKS), options.formatted(0.1));

    assertThat(attempt.artifact("default.jpg").mediaType()).isEqualTo("image/jpeg");
    assertThat(low.length).isLessThan(high.length);
    assertThat(PixelImage.of(high).isNear(50, 50, "#ff0000")).isTrue();
  }

  @Test
  void empty_space_is_transparent_or_has_the_background_colour() throws Exception {
    String word = "<p style='margin:0'>word</p>";

    assertThat(
            PixelImage.of(file(html(word), "{\"width\":90,\"height\":90,\"transparent\":true}"))
                .alpha(80, 80))
        .isZero();
    assertThat(
            PixelImage.of(
                    file(html(word), "{\"width\":90,\"height\":90,\"background\":\"#00ff00\"}"))
                .color(80, 80))
        .isEqualTo("#00ff00");
    assertThat(PixelImage.of(file(html(word), "{\"width\":90,\"height\":90}")).color(80, 80))
        .isEqualTo("#ffffff");
  }

  @Test
  void a_pdf_has_the_page_size_the_title_and_the_text() throws Exception {
    String two = "<p>First page</p><p style='page-break-before:always'>Second page</p>";
    byte[] bytes =
        file(
            html(two),
            """
            {"format":"pdf","page":{"preset":"A4","landscape":true,"title":"Two pages",
             "margins_mm":{"left":50}}}
            """);

    try (PDDocument pdf = Loader.loadPDF(bytes)) {
      assertThat(pdf.getNumberOfPages()).isEqualTo(2);
      assertThat(pdf.getPage(0).getMediaBox().getWidth()).isCloseTo(841.9f, within(0.5f));
      assertThat(pdf.getPage(0).getMediaBox().getHeight()).isCloseTo(595.3f, within(0.5f));
      assertThat(pdf.getDocumentInformation().getTitle()).isEqualTo("Two pages");
      assertThat(new PDFTextStripper().getText(pdf)).contains("First page", "Second page");
    }
  }

  @Test
  void a_page_is_fetched_and_its_relative_image_urls_are_resolved() throws Exception {
    site.page(
        "/page/",
        "text/html",
        "<body style='margin:0'><img src='dot.png' width=50 height=50 style='display:block'>");
    site.bytes("/page/dot.png", "image/png", TestImages.png("#00ff00", 10, 10));

    PixelImage picture = PixelImage.of(file(url("/page/"), "{\"width\":100,\"height\":100}"));

    assertThat(picture.color(25, 25)).isEqualTo("#00ff00");
    assertThat(picture.color(75, 75)).isEqualTo("#ffffff");
  }

  @Test
  void a_missing_page_fails_its_item() throws Exception {
    assertThat(failed(url("/gone"), "{}").code()).isEqualTo("http-404");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/hostname",
        "FILE:/etc/hostname",
        "jar:file:///etc/x.jar!/a",
        "classpath:/secret.png",
        "jrt:/java.base/x"
      })
  void a_document_reads_no_file_of_the_server(String address) {
    for (var type : com.openhtmltopdf.outputdevice.helper.ExternalResourceType.values()) {
      assertThat(CheckedResources.allowed(address, type)).isFalse();
    }
  }

  @Test
  void external_entities_are_not_resolved() throws Exception {
    String xxe =
        "<!DOCTYPE html [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><html><body>&x;</body></html>";

    try (PDDocument pdf = Loader.loadPDF(file(html(xxe), "{\"format\":\"pdf\"}"))) {
      assertThat(new PDFTextStripper().getText(pdf).toLowerCase(Locale.ROOT)).contains("&x;");
    }
  }

  @Test
  void an_image_that_decompresses_to_too_many_pixels_is_left_out() throws Exception {
    site.bytes("/bomb.png", "image/png", TestImages.bomb());

    PixelImage picture =
        PixelImage.of(
            file(
                html("<body style='margin:0'><img src='" + site.url("/bomb.png") + "'>"),
                "{\"width\":100,\"height\":100}"));

    assertThat(picture.color(50, 50)).isEqualTo("#ffffff");
  }

  /** The layout takes seconds and does not react to interruption. */
  @Test
  void an_interrupt_ends_the_wait_for_a_slow_document() throws Exception {
    String deep = "<div>".repeat(8_000) + "x";
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> run(html(deep), "{\"width\":100,\"height\":100}"))
        .isInstanceOf(InterruptedException.class);
  }

  @Test
  void an_invalid_font_fails_the_item_with_a_clear_message() throws Exception {
    site.page("/Odd.ttf", "font/ttf", "this is no font");

    assertThat(failed(html("x"), "{\"fonts\":[\"" + site.url("/Odd.ttf") + "\"]}").message())
        .isEqualTo("the URL of the font Odd does not return a font");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"format\":\"webp\"} | the format webp",
        "{\"format\":\"gif\"} | the format gif",
        "{\"selector\":\"#a\"} | a selector",
        "{\"full_page\":true} | full_page",
        "{\"width\":4000,\"height\":4000} | an image of more than 12000000 pixels"
      })
  void options_that_need_a_browser_are_refused_without_one(String both) {
    String[] parts = both.split(" \\| ", -1);

    assertThat(render.checkOptions(JSON.readTree(parts[0])))
        .extracting(violation -> violation.message())
        .containsExactly(parts[1] + " requires a browser; this server has none");
  }
}
