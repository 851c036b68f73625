package io.headgate.dialect.spidra;

import io.headgate.artifact.Artifact;
import io.headgate.artifact.Links;
import io.headgate.http.Request;
import io.headgate.view.BatchView;
import io.headgate.view.ItemView;
import org.jspecify.annotations.Nullable;

/** Where the pictures of a batch's pages are, for whoever asks with this request. */
record Screenshots(Links links, Request request, BatchView batch) {

  private static final String NAME = "screenshot";

  /** A signed address that expires; null without a picture. */
  @Nullable String of(ItemView item) {
    return item.artifacts().stream()
        .map(Artifact::name)
        .filter(name -> name.startsWith(NAME))
        .findFirst()
        .map(name -> links.url(new Links.Target(batch.id(), item.ordinal(), name), request.baseUrl()))
        .orElse(null);
  }
}
