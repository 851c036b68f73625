package io.headgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page of {@code docs/} that a test renders; {@code -Dheadgate.write-docs=true} writes it. */
public final class RenderedPage {

  private static final Path DOCS = Path.of("../docs");

  private RenderedPage() {}

  /** Fails when the page differs from the rendered text. */
  public static void check(String name, String rendered) {
    Path page = DOCS.resolve(name);
    if (Boolean.getBoolean("headgate.write-docs")) {
      try {
        Files.writeString(page, rendered);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    assertThat(page).content().isEqualTo(rendered);
  }
}
