package io.headgate.artifact;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Where an operator wants artifacts to be kept. */
public sealed interface ArtifactPlace {

  /** A folder of this machine; several nodes must all see the same one. */
  record Folder(Path path) implements ArtifactPlace {}

  /**
   * A bucket of any service that speaks S3.
   *
   * @param endpoint empty for Amazon's own
   * @param pathStyle the bucket is named in the path instead of the host
   */
  record Bucket(
      Optional<URI> endpoint, String region, String bucket, Login login, boolean pathStyle)
      implements ArtifactPlace {}

  /** Never shown in full. */
  record Login(String accessKey, String secretKey) {

    @Override
    public String toString() {
      return accessKey + ":…";
    }
  }
}
