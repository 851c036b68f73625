package io.headgate.dialect.spidra;

import io.headgate.artifact.Artifact;
import io.headgate.artifact.ArtifactLinks;
import io.headgate.http.Request;
import io.headgate.view.BatchView;
import io.headgate.view.ItemView;
import org.jspecify.annotations.Nullable;

/** Addresses of the screenshots of a batch, for the response to one request. */
record SpidraScreenshots(ArtifactLinks links, Request request, BatchView batch) {

  private static final String NAME = "screenshot";

  /** Returns a signed address that expires; null if the item has no screenshot. */
  @Nullable String of(ItemView item) {
    return item.artifacts().stream()
        .map(Artifact::name)
        .filter(name -> name.startsWith(NAME))
        .findFirst()
        .map(name ->
            links.url(
                new ArtifactLinks.ArtifactRef(batch.id(), item.ordinal(), name), request.baseUrl()))
        .orElse(null);
  }
}
