package io.headgate.config;

import io.headgate.artifact.ArtifactStorage;
import io.headgate.db.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The validated configuration of a server. {@link #of} creates it. */
public record Config(
    Http http,
    Storage storage,
    NodeSettings node,
    Safety safety,
    Artifacts artifacts,
    Browser browser) {

  /**
   * The HTTP server.
   *
   * @param port 0 for any free port
   * @param requestsPerMinute per key; 0 for no limit
   * @param wrongKeysPerMinute failed authentications per address; 0 for no limit
   * @param metricsKeyRequired whether {@code /metrics} needs a key from loopback addresses too
   * @param publicUrl the URL at which clients reach this server, without a slash at its end
   */
  public record Http(
      String host,
      int port,
      Optional<Tls> tls,
      int requestsPerMinute,
      int wrongKeysPerMinute,
      boolean metricsKeyRequired,
      Optional<String> publicUrl) {}

  /** PEM files of the certificate chain and its private key. */
  public record Tls(Path certificate, Path key) {}

  /**
   * The database.
   *
   * @param data folder of the files of this server
   * @param external the PostgreSQL to use; empty for the embedded one
   * @param connections maximum number of connections
   * @param partition time that one partition of items and results covers
   */
  public record Storage(
      Path data, Optional<Database.Address> external, int connections, Duration partition) {}

  /**
   * This node of the cluster.
   *
   * @param slots maximum number of items that run at the same time
   * @param lease time without a heartbeat after which other nodes take over the items of this one
   * @param drain maximum time that a stop waits for running items
   */
  public record NodeSettings(String name, int slots, Duration lease, Duration drain) {}

  /**
   * Limits that protect the server and its network.
   *
   * @param allowPrivateTargets whether requests may go to private addresses
   * @param maxItems maximum number of items in a batch
   * @param proxy the proxy that batches may use; empty for none
   */
  public record Safety(boolean allowPrivateTargets, int maxItems, Optional<Proxy> proxy) {}

  /**
   * A forward proxy.
   *
   * @param user empty when the proxy needs no credentials
   */
  public record Proxy(String host, int port, String user, String password) {

    @Override
    public String toString() {
      return "proxy " + host + ":" + port;
    }
  }

  /**
   * Artifacts.
   *
   * @param maxBytes maximum size of one artifact
   * @param perItem maximum number of artifacts of one item
   * @param linkValid how long the URL of an artifact is valid
   */
  public record Artifacts(ArtifactStorage place, long maxBytes, int perItem, Duration linkValid) {}

  /**
   * Browsers.
   *
   * @param executable empty for the one on the PATH
   * @param slots maximum number of pages open at the same time
   * @param visits number of visits after which a browser is replaced
   * @param memory bytes after which a browser is replaced; empty for a share of the machine's
   *     memory
   */
  public record Browser(Optional<Path> executable, int slots, int visits, Optional<Long> memory) {}

  /**
   * Returns the configuration with these values, and with defaults for all other keys.
   *
   * @throws ConfigProblem with one sentence for every invalid value
   */
  public static Config of(Map<Key, String> given) {
    return new Values(given).config();
  }
}
