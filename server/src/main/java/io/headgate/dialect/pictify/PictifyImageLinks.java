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
record PictifyImageLinks(ArtifactLinks links, InstantSource clock) {

  /** How long batches and their images are retained after their end. */
  static final Duration RETENTION = Duration.ofDays(7);

  /**
   * The addresses of one batch.
   *
   * @param baseUrl the base URL of the request; null without a request
   */
  private record BatchImageLinks(
      ArtifactLinks links, UUID batch, @Nullable String baseUrl, Instant until)
      implements PictifyRenderResult.ImageUrls {

    @Override
    public String of(int ordinal, String artifact) {
      ArtifactLinks.ArtifactRef target = new ArtifactLinks.ArtifactRef(batch, ordinal, artifact);
      return baseUrl == null ? links.url(target, until) : links.url(target, baseUrl, until);
    }
  }

  /** The addresses for the response to a request. */
  PictifyRenderResult.ImageUrls of(Request request, BatchView batch) {
    Instant until = until(batch.status().finishedAt());
    return new BatchImageLinks(links, batch.id(), request.baseUrl(), until);
  }

  /** The addresses for a webhook message. The batch may not have ended yet. */
  PictifyRenderResult.ImageUrls of(UUID batch) {
    return new BatchImageLinks(links, batch, null, until(null));
  }

  Instant until(@Nullable Instant finishedAt) {
    return (finishedAt == null ? clock.instant() : finishedAt).plus(RETENTION);
  }
}
