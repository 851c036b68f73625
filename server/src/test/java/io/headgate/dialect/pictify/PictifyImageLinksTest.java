package io.headgate.dialect.pictify;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.artifact.ArtifactLinks;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PictifyImageLinksTest {

  private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
  private static final UUID BATCH = UUID.fromString("0199aaaa-0000-7000-8000-000000000000");

  private Instant now = NOW;
  private final ArtifactLinks links =
      new ArtifactLinks(
          new byte[32],
          () -> now,
          Duration.ofHours(1),
          new ArtifactLinks.LinkBase(Optional.empty(), () -> "http://127.0.0.1"));

  private Optional<ArtifactLinks.ArtifactRef> open(String url) {
    String[] parts = url.split("/", -1);
    return links.verify(parts[parts.length - 2], parts[parts.length - 1]);
  }

  @Test
  void an_address_is_valid_as_long_as_its_batch_is_retained() {
    String url = new PictifyImageLinks(links, () -> now).of(BATCH).of(3, "default.png");
    now = NOW.plus(PictifyImageLinks.RETENTION).minusSeconds(1);
    assertThat(open(url)).contains(new ArtifactLinks.ArtifactRef(BATCH, 3, "default.png"));
    now = NOW.plus(PictifyImageLinks.RETENTION);
    assertThat(open(url)).isEmpty();
  }

  @Test
  void the_retention_of_an_ended_batch_counts_from_its_end() {
    PictifyImageLinks pictures = new PictifyImageLinks(links, () -> now);
    Instant ended = NOW.minus(Duration.ofDays(3));
    assertThat(pictures.until(ended)).isEqualTo(NOW.plus(Duration.ofDays(4)));
    assertThat(pictures.until(null)).isEqualTo(NOW.plus(Duration.ofDays(7)));
  }
}
