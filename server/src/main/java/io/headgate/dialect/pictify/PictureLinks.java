package io.headgate.dialect.pictify;

import io.headgate.artifact.ArtifactLinks;
import io.headgate.http.Request;
import io.headgate.view.BatchView;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Creates the signed addresses of images. Clients store them, so they are valid as long as the
 * batch is retained, and every read of a finished batch returns the same addresses.
 */
record PictureLinks(ArtifactLinks links, InstantSource clock) {

  /** How long batches and their images are retained after their end. */
  static final Duration KEPT = Duration.ofDays(7);

  /**
   * The addresses of one batch.
   *
   * @param askedAt the base URL of the request; null without a request
   */
  private record OfBatch(ArtifactLinks links, UUID batch, @Nullable String askedAt, Instant until)
      implements Rendered.Urls {

    @Override
    public String of(int ordinal, String artifact) {
      ArtifactLinks.ArtifactRef target = new ArtifactLinks.ArtifactRef(batch, ordinal, artifact);
      return askedAt == null ? links.url(target, until) : links.url(target, askedAt, until);
    }
  }

  /** The addresses for the response to a request. */
  Rendered.Urls of(Request request, BatchView batch) {
    Instant until = until(batch.status().finishedAt());
    return new OfBatch(links, batch.id(), request.baseUrl(), until);
  }

  /** The addresses for a webhook message. The batch may not have ended yet. */
  Rendered.Urls of(UUID batch) {
    return new OfBatch(links, batch, null, until(null));
  }

  Instant until(@Nullable Instant finishedAt) {
    return (finishedAt == null ? clock.instant() : finishedAt).plus(KEPT);
  }
}
