package io.headgate.api.batch;

import io.headgate.artifact.Artifact;
import io.headgate.artifact.ArtifactLinks;
import io.headgate.http.Request;
import java.util.List;
import java.util.UUID;

/** An artifact as JSON of the native API. Its URL expires, see {@link ArtifactLinks}. */
record ArtifactJson(String name, String mediaType, long bytes, String sha256, String url) {

  /** Creates the artifact URLs of one response about one batch. */
  record ArtifactUrls(ArtifactLinks links, UUID batchId, String baseUrl) {

    static ArtifactUrls of(ArtifactLinks links, UUID batchId, Request request) {
      return new ArtifactUrls(links, batchId, request.baseUrl());
    }

    List<ArtifactJson> of(int ordinal, List<Artifact> artifacts) {
      return artifacts.stream().map(artifact -> json(ordinal, artifact)).toList();
    }

    private ArtifactJson json(int ordinal, Artifact artifact) {
      return new ArtifactJson(
          artifact.name(),
          artifact.mediaType(),
          artifact.bytes(),
          artifact.sha256(),
          links.url(new ArtifactLinks.ArtifactRef(batchId, ordinal, artifact.name()), baseUrl));
    }
  }
}
