package io.headgate.config;

import io.headgate.artifact.ArtifactPlace;
import io.headgate.db.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Everything a server starts from. Made by {@link #of}; whatever exists is valid. */
public record Config(
    Http http,
    Storage storage,
    NodeSettings node,
    Safety safety,
    Artifacts artifacts,
    Browser browser) {

  /**
   * @param port 0 takes a free one
   * @param requestsPerMinute per key; 0 is without limit
   * @param publicUrl where clients reach this house, without a slash at its end
   */
  public record Http(
      String host,
      int port,
      Optional<Tls> tls,
      int requestsPerMinute,
      int wrongKeysPerMinute,
      boolean metricsKeyRequired,
      Optional<String> publicUrl) {}

  /** Two PEM files. */
  public record Tls(Path certificate, Path key) {}

  /**
   * @param external the operator's PostgreSQL; empty for the embedded one
   */
  public record Storage(
      Path data, Optional<Database.Address> external, int connections, Duration partition) {}

  public record NodeSettings(String name, int slots, Duration lease, Duration drain) {}

  /**
   * @param proxy empty for none
   */
  public record Safety(boolean allowPrivateTargets, int maxItems, Optional<Proxy> proxy) {}

  /**
   * A forward proxy.
   *
   * @param user empty for a proxy that asks for none
   */
  public record Proxy(String host, int port, String user, String password) {

    @Override
    public String toString() {
      return "proxy " + host + ":" + port;
    }
  }

  /**
   * @param maxBytes of one artifact
   * @param perItem artifacts of one item
   * @param linkValid how long an address leads to its artifact
   */
  public record Artifacts(ArtifactPlace place, long maxBytes, int perItem, Duration linkValid) {}

  /**
   * @param executable empty for the one found on the PATH
   * @param slots pages at once
   * @param visits after which a browser is replaced
   * @param memory bytes one browser may take; empty for a share of the machine's
   */
  public record Browser(Optional<Path> executable, int slots, int visits, Optional<Long> memory) {}

  /**
   * The configuration these values make; what is not given has its default.
   *
   * @throws ConfigProblem naming every key that cannot be
   */
  public static Config of(Map<Key, String> given) {
    return new Values(given).config();
  }
}
