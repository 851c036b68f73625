package io.headgate.dialect.pictify;

import io.headgate.artifact.Links;
import io.headgate.http.Request;
import io.headgate.view.BatchView;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Addresses of pictures. They lead there for as long as their batch is kept, as clients store them:
 * a finished batch shows the same ones each time it is asked for.
 */
record PictureLinks(Links links, InstantSource clock) {

  /** How long batches, and with them their pictures, are kept after their end. */
  static final Duration KEPT = Duration.ofDays(7);

  /**
   * @param askedAt where a client reaches this house; null for what no request asks for
   */
  private record OfBatch(Links links, UUID batch, @Nullable String askedAt, Instant until)
      implements Rendered.Urls {

    @Override
    public String of(int ordinal, String artifact) {
      Links.Target target = new Links.Target(batch, ordinal, artifact);
      return askedAt == null ? links.url(target, until) : links.url(target, askedAt, until);
    }
  }

  /** For the answer to a request. */
  Rendered.Urls of(Request request, BatchView batch) {
    Instant until = until(batch.status().finishedAt());
    return new OfBatch(links, batch.id(), request.baseUrl(), until);
  }

  /** For a webhook about a batch that may not have ended yet. */
  Rendered.Urls of(UUID batch) {
    return new OfBatch(links, batch, null, until(null));
  }

  Instant until(@Nullable Instant finishedAt) {
    return (finishedAt == null ? clock.instant() : finishedAt).plus(KEPT);
  }
}
