package io.headgate.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Stores files in a bucket of an S3-compatible service, where uploads are atomic. */
final class BucketBlobStore implements BlobStore {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);

  private final String bucket;
  private final S3Client client;

  /** Does not contact the service. */
  BucketBlobStore(ArtifactStorage.Bucket storage) {
    this.bucket = storage.bucket();
    this.client = client(storage);
  }

  private static S3Client client(ArtifactStorage.Bucket storage) {
    ArtifactStorage.BucketCredentials credentials = storage.credentials();
    S3ClientBuilder client =
        S3Client.builder()
            .httpClient(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(CONNECT_TIMEOUT)
                    .socketTimeout(READ_TIMEOUT)
                    .build())
            .region(Region.of(storage.region()))
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(credentials.accessKey(), credentials.secretKey())))
            .forcePathStyle(storage.pathStyle())
            // Other services refuse the checksum extensions of Amazon S3.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
    storage.endpoint().ifPresent(client::endpointOverride);
    return client.build();
  }

  /** Does not contain the endpoint, so that the service may move. */
  @Override
  public String name() {
    return "s3:" + bucket;
  }

  @Override
  public void put(UUID id, Path file, long bytes) throws IOException {
    if (Files.size(file) != bytes) {
      throw new IOException("the file changed while it was read");
    }
    call(() ->
        client.putObject(put -> put.bucket(bucket).key(id.toString()).contentLength(bytes), file));
  }

  @Override
  public InputStream open(UUID id, long from, long length) throws IOException {
    if (length == 0) {
      return InputStream.nullInputStream();
    }
    String range = "bytes=" + from + "-" + (from + length - 1);
    return call(() -> client.getObject(get -> get.bucket(bucket).key(id.toString()).range(range)));
  }

  @Override
  public void delete(UUID id) throws IOException {
    call(() -> client.deleteObject(delete -> delete.bucket(bucket).key(id.toString())));
  }

  private static <T> T call(Supplier<T> request) throws IOException {
    try {
      return request.get();
    } catch (SdkException e) {
      throw new IOException("the artifact storage failed: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
