package io.headgate.artifact;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A real S3 server on loopback that checks signatures and stores objects in a folder. */
public final class BucketServer implements AutoCloseable {

  public static final String ACCESS_KEY = "reader";
  public static final String SECRET_KEY = "only-for-tests";
  private static final String REGION = "eu-central-1";

  private final S3Proxy proxy;
  private final S3Client client;
  private final AtomicInteger buckets = new AtomicInteger();

  private BucketServer(S3Proxy proxy) {
    this.proxy = proxy;
    this.client =
        S3Client.builder()
            .httpClient(UrlConnectionHttpClient.create())
            .region(Region.of(REGION))
            .endpointOverride(endpoint())
            .forcePathStyle(true)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)))
            .build();
  }

  public static BucketServer start() {
    try {
      Path folder = Files.createTempDirectory(Path.of("target"), "buckets");
      S3Proxy proxy =
          S3Proxy.builder()
              .blobStore(new FilesystemNio2BlobStore(folder.toAbsolutePath().toString()))
              .endpoint(URI.create("http://127.0.0.1:0"))
              .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
              .build();
      proxy.start();
      return new BucketServer(proxy);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + proxy.getPort());
  }

  /** A new, empty bucket. */
  public TestBucket bucket() {
    String name = "artifacts-" + buckets.incrementAndGet();
    client.createBucket(create -> create.bucket(name));
    return new TestBucket(name);
  }

  /** A bucket of this server. */
  public final class TestBucket {

    public final String name;

    TestBucket(String name) {
      this.name = name;
    }

    BlobStore store() {
      return store(SECRET_KEY);
    }

    BlobStore store(String secretKey) {
      return new BucketBlobStore(storage(endpoint(), secretKey));
    }

    BlobStore storeOfClosedPort() throws IOException {
      try (ServerSocket free = new ServerSocket(0)) {
        URI closed = URI.create("http://127.0.0.1:" + free.getLocalPort());
        return new BucketBlobStore(storage(closed, SECRET_KEY));
      }
    }

    private ArtifactStorage.Bucket storage(URI endpoint, String secretKey) {
      return new ArtifactStorage.Bucket(
          Optional.of(endpoint),
          REGION,
          name,
          new ArtifactStorage.BucketCredentials(ACCESS_KEY, secretKey),
          true);
    }

    public Set<String> list() {
      return client.listObjectsV2Paginator(list -> list.bucket(name)).contents().stream()
          .map(S3Object::key)
          .collect(Collectors.toSet());
    }
  }

  @Override
  public void close() {
    client.close();
    try {
      proxy.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
