package io.headgate.artifact;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** The configured storage for artifacts: a folder or a bucket. */
public sealed interface ArtifactStorage {

  /** A folder of this machine. All nodes of a cluster must share it. */
  record Folder(Path path) implements ArtifactStorage {}

  /**
   * A bucket of an S3-compatible service.
   *
   * @param endpoint empty for Amazon S3
   * @param pathStyle true when the bucket is part of the path instead of the host name
   */
  record Bucket(
      Optional<URI> endpoint,
      String region,
      String bucket,
      BucketCredentials credentials,
      boolean pathStyle)
      implements ArtifactStorage {}

  /** The credentials of a bucket. {@link #toString} hides the secret key. */
  record BucketCredentials(String accessKey, String secretKey) {

    @Override
    public String toString() {
      return accessKey + ":…";
    }
  }
}
