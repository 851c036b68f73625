package io.headgate.config;

import io.headgate.artifact.ArtifactStorage;
import io.headgate.db.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The validated configuration of a server. {@link #of} creates it. */
public record Config(
    HttpConfig http,
    StorageConfig storage,
    NodeSettings node,
    SafetyConfig safety,
    ArtifactConfig artifacts,
    BrowserConfig browser) {

  /**
   * The HTTP server.
   *
   * @param port 0 for any free port
   * @param requestsPerMinute per key; 0 for no limit
   * @param failedAuthenticationsPerMinute failed authentications per address; 0 for no limit
   * @param metricsKeyRequired whether {@code /metrics} needs a key from loopback addresses too
   * @param publicUrl the URL at which clients reach this server, without a slash at its end
   */
  public record HttpConfig(
      String host,
      int port,
      Optional<TlsConfig> tls,
      int requestsPerMinute,
      int failedAuthenticationsPerMinute,
      boolean metricsKeyRequired,
      Optional<String> publicUrl) {}

  /** PEM files of the certificate chain and its private key. */
  public record TlsConfig(Path certificate, Path key) {}

  /**
   * The database.
   *
   * @param dataFolder folder of the files of this server
   * @param externalDatabase the PostgreSQL to use; empty for the embedded one
   * @param connections maximum number of connections
   * @param partitionInterval time that one partition of items and results covers
   */
  public record StorageConfig(
      Path dataFolder,
      Optional<Database.DatabaseAddress> externalDatabase,
      int connections,
      Duration partitionInterval) {}

  /**
   * This node of the cluster.
   *
   * @param slots maximum number of items that run at the same time
   * @param lease time without a heartbeat after which other nodes take over the items of this one
   * @param drainTimeout maximum time that a stop waits for running items
   */
  public record NodeSettings(String name, int slots, Duration lease, Duration drainTimeout) {}

  /**
   * Limits that protect the server and its network.
   *
   * @param allowPrivateTargets whether requests may go to private addresses
   * @param maxItems maximum number of items in a batch
   * @param proxy the proxy that batches may use; empty for none
   */
  public record SafetyConfig(
      boolean allowPrivateTargets, int maxItems, Optional<ProxyConfig> proxy) {}

  /**
   * A forward proxy.
   *
   * @param user empty when the proxy needs no credentials
   */
  public record ProxyConfig(String host, int port, String user, String password) {

    @Override
    public String toString() {
      return "proxy " + host + ":" + port;
    }
  }

  /**
   * Artifacts.
   *
   * @param maxBytes maximum size of one artifact
   * @param maxPerItem maximum number of artifacts of one item
   * @param linkLifetime how long the URL of an artifact is valid
   */
  public record ArtifactConfig(
      ArtifactStorage location, long maxBytes, int maxPerItem, Duration linkLifetime) {}

  /**
   * Browsers.
   *
   * @param executable empty for the one on the PATH
   * @param slots maximum number of pages open at the same time
   * @param visitsPerBrowser number of visits after which a browser is replaced
   * @param maxMemory bytes after which a browser is replaced; empty for a share of the machine's
   *     memory
   */
  public record BrowserConfig(
      Optional<Path> executable, int slots, int visitsPerBrowser, Optional<Long> maxMemory) {}

  /**
   * Returns the configuration with these values, and with defaults for all other keys.
   *
   * @throws ConfigException with one sentence for every invalid value
   */
  public static Config of(Map<ConfigKey, String> values) {
    return new ConfigValues(values).config();
  }
}
