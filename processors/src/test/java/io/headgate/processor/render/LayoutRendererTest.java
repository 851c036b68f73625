package io.headgate.processor.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.junit.jupiter.api.Test;

class LayoutRendererTest {

  private final List<String> calls = new ArrayList<>();
  private final ArtifactAttempt attempt = new ArtifactAttempt(Duration.ofSeconds(20));

  /** Renders every sheet as an empty page. */
  private final class EmptyPageRenderer implements Renderer {

    @Override
    public String name() {
      return "empty";
    }

    @Override
    public Optional<String> unsupportedOption(RenderOptions options) {
      return Optional.empty();
    }

    @Override
    public RenderResult render(
        RenderJob job, RenderOptions options, Duration timeLimit, Path file) {
      calls.add("drawn " + job.displayName());
      try (PDDocument document = new PDDocument()) {
        document.addPage(new PDPage());
        document.save(file.toFile());
        return PdfFile.measure(document);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private final class ThreeJobs implements RenderJobs.LayoutJobs {

    @Override
    public int size() {
      return 3;
    }

    @Override
    public RenderJob job(int index, Duration timeLimit) {
      calls.add("filled " + index);
      RenderJob.RenderSource content = new RenderJob.RenderSource.InlineHtml("<p>");
      return new RenderJob("default", "" + index, content, new Viewport(100, 100, 1));
    }
  }

  @Test
  void each_job_is_rendered_before_the_next_is_created() throws Exception {
    RenderOptions options = RenderOptions.of(RenderCase.JSON.readTree("{\"format\":\"pdf\"}"));

    var output =
        new LayoutRenderer(new EmptyPageRenderer(), options, attempt).render(new ThreeJobs());

    assertThat(calls)
        .containsExactly("filled 0", "drawn 0", "filled 1", "drawn 1", "filled 2", "drawn 2");
    assertThat(output.path("pages").asInt()).isEqualTo(3);
  }
}
