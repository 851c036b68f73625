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

class DrawingTest {

  private final List<String> done = new ArrayList<>();
  private final KeepingAttempt attempt = new KeepingAttempt(Duration.ofSeconds(20));

  /** Renders every sheet as an empty page. */
  private final class Pages implements Maker {

    @Override
    public String word() {
      return "empty";
    }

    @Override
    public Optional<String> objection(RenderOptions options) {
      return Optional.empty();
    }

    @Override
    public Made make(Sheet sheet, RenderOptions options, Duration limit, Path file) {
      done.add("drawn " + sheet.name());
      try (PDDocument document = new PDDocument()) {
        document.addPage(new PDPage());
        document.save(file.toFile());
        return PdfFile.measure(document);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private final class Filled implements Sheets.Pile {

    @Override
    public int size() {
      return 3;
    }

    @Override
    public Sheet sheet(int index, Duration patience) {
      done.add("filled " + index);
      Sheet.Content content = new Sheet.Content.Html("<p>");
      return new Sheet("default", "" + index, content, new Viewport(100, 100, 1));
    }
  }

  @Test
  void each_sheet_is_drawn_before_the_next_is_filled_in() throws Exception {
    RenderOptions options = RenderOptions.of(RenderCase.JSON.readTree("{\"format\":\"pdf\"}"));

    var described = new Drawing(new Pages(), options, attempt).draw(new Filled());

    assertThat(done)
        .containsExactly("filled 0", "drawn 0", "filled 1", "drawn 1", "filled 2", "drawn 2");
    assertThat(described.path("pages").asInt()).isEqualTo(3);
  }
}
