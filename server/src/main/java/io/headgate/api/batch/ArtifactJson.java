package io.headgate.api.batch;

import io.headgate.artifact.Artifact;
import io.headgate.artifact.Links;
import io.headgate.http.Request;
import java.util.List;
import java.util.UUID;

/** An artifact of the native API, with an address that leads to it for a while. */
record ArtifactJson(String name, String mediaType, long bytes, String sha256, String url) {

  /** Makes the addresses in one answer about one batch. */
  record Linker(Links links, UUID batchId, String askedAt) {

    static Linker of(Links links, UUID batchId, Request request) {
      return new Linker(links, batchId, request.baseUrl());
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
          links.url(new Links.Target(batchId, ordinal, artifact.name()), askedAt));
    }
  }
}
