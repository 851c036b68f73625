package io.headgate.artifact;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** The configured storage for artifacts: a folder or a bucket. */
public sealed interface ArtifactPlace {

  /** A folder of this machine. All nodes of a cluster must share it. */
  record Folder(Path path) implements ArtifactPlace {}

  /**
   * A bucket of an S3-compatible service.
   *
   * @param endpoint empty for Amazon S3
   * @param pathStyle true when the bucket is part of the path instead of the host name
   */
  record Bucket(
      Optional<URI> endpoint, String region, String bucket, Login login, boolean pathStyle)
      implements ArtifactPlace {}

  /** The credentials of a bucket. {@link #toString} hides the secret key. */
  record Login(String accessKey, String secretKey) {

    @Override
    public String toString() {
      return accessKey + ":…";
    }
  }
}
