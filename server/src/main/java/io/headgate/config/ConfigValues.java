package io.headgate.config;

import io.headgate.artifact.ArtifactStorage;
import io.headgate.db.Database;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Parses the values of configuration keys and collects all errors. */
final class ConfigValues {

  private final Map<ConfigKey, String> texts;
  private final List<String> problems = new ArrayList<>();

  ConfigValues(Map<ConfigKey, String> texts) {
    this.texts = texts;
  }

  Config config() {
    Config config = new Config(http(), storage(), node(), safety(), artifacts(), browser());
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return config;
  }

  private Config.HttpConfig http() {
    return new Config.HttpConfig(
        text(ConfigKey.HOST).orElse(""),
        number(ConfigKey.PORT, 0, 65_535),
        tls(),
        number(ConfigKey.REQUESTS_PER_MINUTE, 0, 100_000_000),
        number(ConfigKey.WRONG_KEYS_PER_MINUTE, 0, 100_000_000),
        flag(ConfigKey.METRICS_KEY_REQUIRED),
        webUrl(ConfigKey.PUBLIC_URL).map(url -> url.toString().replaceFirst("/+$", "")));
  }

  private Optional<Config.TlsConfig> tls() {
    Optional<Path> certificate = readableFile(ConfigKey.TLS_CERTIFICATE);
    Optional<Path> key = readableFile(ConfigKey.TLS_KEY);
    if (certificate.isPresent() != key.isPresent()) {
      problems.add("`tls_certificate` and `tls_key` must be set together.");
    }
    return certificate.flatMap(c -> key.map(k -> new Config.TlsConfig(c, k)));
  }

  private Config.StorageConfig storage() {
    int connections = number(ConfigKey.DATABASE_CONNECTIONS, 6, 1_000);
    return new Config.StorageConfig(
        Path.of(text(ConfigKey.DATA).orElse("./data")).toAbsolutePath().normalize(),
        text(ConfigKey.DATABASE_URL).flatMap(url -> address(url, connections)),
        connections,
        Duration.ofHours(number(ConfigKey.PARTITION_HOURS, 1, 24 * 31)));
  }

  private Config.NodeSettings node() {
    return new Config.NodeSettings(
        text(ConfigKey.NODE_NAME).orElseGet(ConfigValues::hostName),
        number(ConfigKey.SLOTS, 1, 100_000),
        Duration.ofSeconds(number(ConfigKey.LEASE_SECONDS, 2, 3_600)),
        Duration.ofSeconds(number(ConfigKey.DRAIN_SECONDS, 0, 86_400)));
  }

  private Config.SafetyConfig safety() {
    return new Config.SafetyConfig(
        flag(ConfigKey.ALLOW_PRIVATE_TARGETS),
        number(ConfigKey.MAX_ITEMS, 1, Integer.MAX_VALUE),
        text(ConfigKey.OUTBOUND_PROXY).flatMap(this::proxy));
  }

  /** The message does not contain the URL, which may contain a password. */
  private Optional<Config.ProxyConfig> proxy(String url) {
    try {
      URI uri = new URI(url);
      boolean complete = uri.getHost() != null && uri.getPort() > 0;
      if (complete && "http".equals(uri.getScheme())) {
        String[] credentials =
            uri.getRawUserInfo() == null ? new String[0] : uri.getRawUserInfo().split(":", 2);
        return Optional.of(
            new Config.ProxyConfig(
                uri.getHost(),
                uri.getPort(),
                credentials.length > 0 ? decoded(credentials[0]) : "",
                credentials.length > 1 ? decoded(credentials[1]) : ""));
      }
    } catch (java.net.URISyntaxException _) {
      // reported below
    }
    problems.add("`outbound_proxy` must have the form http://user:password@host:3128.");
    return Optional.empty();
  }

  private Config.BrowserConfig browser() {
    boolean isSet = text(ConfigKey.BROWSER_SLOTS).isPresent();
    return new Config.BrowserConfig(
        text(ConfigKey.BROWSER_EXECUTABLE).map(Path::of),
        isSet
            ? number(ConfigKey.BROWSER_SLOTS, 1, 1_000)
            : Runtime.getRuntime().availableProcessors(),
        number(ConfigKey.BROWSER_VISITS, 1, 1_000_000),
        text(ConfigKey.BROWSER_MEMORY_MB).map(_ -> megabytes(ConfigKey.BROWSER_MEMORY_MB)));
  }

  private long megabytes(ConfigKey key) {
    return (long) number(key, 256, 1_000_000) << 20;
  }

  private Config.ArtifactConfig artifacts() {
    return new Config.ArtifactConfig(
        text(ConfigKey.ARTIFACTS_S3_BUCKET).map(this::bucket).orElseGet(this::folder),
        number(ConfigKey.ARTIFACTS_MAX_BYTES, 1, Integer.MAX_VALUE),
        number(ConfigKey.ARTIFACTS_PER_ITEM, 1, 10_000),
        Duration.ofSeconds(number(ConfigKey.ARTIFACTS_LINK_SECONDS, 1, 7 * 86_400)));
  }

  private ArtifactStorage folder() {
    Path data = Path.of(text(ConfigKey.DATA).orElse("./data"));
    Path folder = text(ConfigKey.ARTIFACTS_FOLDER).map(Path::of).orElse(data.resolve("artifacts"));
    return new ArtifactStorage.Folder(folder.toAbsolutePath().normalize());
  }

  private ArtifactStorage bucket(String bucket) {
    if (texts.containsKey(ConfigKey.ARTIFACTS_FOLDER)) {
      problems.add("`artifacts_folder` and `artifacts_s3_bucket` must not both be set.");
    }
    return new ArtifactStorage.Bucket(
        webUrl(ConfigKey.ARTIFACTS_S3_ENDPOINT),
        text(ConfigKey.ARTIFACTS_S3_REGION).orElse(""),
        bucket,
        new ArtifactStorage.BucketCredentials(
            required(ConfigKey.ARTIFACTS_S3_ACCESS_KEY),
            required(ConfigKey.ARTIFACTS_S3_SECRET_KEY)),
        flag(ConfigKey.ARTIFACTS_S3_PATH_STYLE));
  }

  private String required(ConfigKey key) {
    return text(key)
        .orElseGet(() -> {
          problems.add(
              "`%s` must be set because `artifacts_s3_bucket` is.".formatted(key.yamlName()));
          return "";
        });
  }

  private Optional<URI> webUrl(ConfigKey key) {
    Optional<URI> url = text(key).flatMap(ConfigValues::webUrl);
    if (text(key).isPresent() && url.isEmpty()) {
      problems.add(
          "`%s` must have the form https://host or http://host:port.".formatted(key.yamlName()));
    }
    return url;
  }

  private static Optional<URI> webUrl(String text) {
    try {
      URI url = new URI(text.strip());
      boolean isWeb = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      boolean isPlain =
          url.getHost() != null && url.getQuery() == null && url.getFragment() == null;
      return isWeb && isPlain && url.getUserInfo() == null ? Optional.of(url) : Optional.empty();
    } catch (java.net.URISyntaxException e) {
      return Optional.empty();
    }
  }

  private Optional<String> text(ConfigKey key) {
    return Optional.ofNullable(texts.get(key)).or(key::defaultText).filter(t -> !t.isBlank());
  }

  private int number(ConfigKey key, int min, int max) {
    String text = text(key).orElse("");
    try {
      int number = Integer.parseInt(text.strip());
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException _) {
      // reported below
    }
    problems.add(
        String.format(
            Locale.ROOT,
            "`%s` must be a whole number between %,d and %,d; got %s.",
            key.yamlName(),
            min,
            max,
            text));
    return min;
  }

  private boolean flag(ConfigKey key) {
    String text = text(key).orElse("");
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> {
        problems.add("`%s` must be true or false; got %s.".formatted(key.yamlName(), text));
        yield false;
      }
    };
  }

  private Optional<Path> readableFile(ConfigKey key) {
    Optional<Path> path = text(key).map(Path::of);
    path.filter(p -> !Files.isReadable(p))
        .ifPresent(p ->
            problems.add("`%s` must name a readable file; got %s.".formatted(key.yamlName(), p)));
    return path;
  }

  /**
   * Parses {@code postgresql://user:password@host:port/name} or a JDBC URL. The messages do not
   * contain the URL, which may contain a password.
   */
  private Optional<Database.DatabaseAddress> address(String url, int connections) {
    try {
      URI uri = new URI(url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url);
      boolean postgres = "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
      if (postgres && uri.getHost() != null) {
        return Optional.of(address(uri, connections));
      }
    } catch (java.net.URISyntaxException _) {
      // reported below
    }
    problems.add("`database_url` must have the form postgresql://user:password@host:5432/name.");
    return Optional.empty();
  }

  private static Database.DatabaseAddress address(URI uri, int connections) {
    String[] credentials =
        uri.getRawUserInfo() == null ? new String[0] : uri.getRawUserInfo().split(":", 2);
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    int port = uri.getPort() < 0 ? 5432 : uri.getPort();
    return new Database.DatabaseAddress(
        "jdbc:postgresql://" + uri.getHost() + ":" + port + uri.getRawPath() + query,
        credentials.length > 0
            ? decoded(credentials[0])
            : System.getProperty("user.name", "postgres"),
        credentials.length > 1 ? decoded(credentials[1]) : "",
        connections);
  }

  private static String decoded(String text) {
    return java.net.URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "node";
    }
  }
}
