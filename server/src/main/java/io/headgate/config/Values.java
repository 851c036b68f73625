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
final class Values {

  private final Map<Key, String> given;
  private final List<String> problems = new ArrayList<>();

  Values(Map<Key, String> given) {
    this.given = given;
  }

  Config config() {
    Config config = new Config(http(), storage(), node(), safety(), artifacts(), browser());
    if (!problems.isEmpty()) {
      throw new ConfigProblem(problems);
    }
    return config;
  }

  private Config.Http http() {
    return new Config.Http(
        text(Key.HOST).orElse(""),
        number(Key.PORT, 0, 65_535),
        tls(),
        number(Key.REQUESTS_PER_MINUTE, 0, 100_000_000),
        number(Key.WRONG_KEYS_PER_MINUTE, 0, 100_000_000),
        flag(Key.METRICS_KEY_REQUIRED),
        web(Key.PUBLIC_URL).map(url -> url.toString().replaceFirst("/+$", "")));
  }

  private Optional<Config.Tls> tls() {
    Optional<Path> certificate = file(Key.TLS_CERTIFICATE);
    Optional<Path> key = file(Key.TLS_KEY);
    if (certificate.isPresent() != key.isPresent()) {
      problems.add("`tls_certificate` and `tls_key` must be set together.");
    }
    return certificate.flatMap(c -> key.map(k -> new Config.Tls(c, k)));
  }

  private Config.Storage storage() {
    int connections = number(Key.DATABASE_CONNECTIONS, 6, 1_000);
    return new Config.Storage(
        Path.of(text(Key.DATA).orElse("./data")).toAbsolutePath().normalize(),
        text(Key.DATABASE_URL).flatMap(url -> address(url, connections)),
        connections,
        Duration.ofHours(number(Key.PARTITION_HOURS, 1, 24 * 31)));
  }

  private Config.NodeSettings node() {
    return new Config.NodeSettings(
        text(Key.NODE_NAME).orElseGet(Values::hostName),
        number(Key.SLOTS, 1, 100_000),
        Duration.ofSeconds(number(Key.LEASE_SECONDS, 2, 3_600)),
        Duration.ofSeconds(number(Key.DRAIN_SECONDS, 0, 86_400)));
  }

  private Config.Safety safety() {
    return new Config.Safety(
        flag(Key.ALLOW_PRIVATE_TARGETS),
        number(Key.MAX_ITEMS, 1, Integer.MAX_VALUE),
        text(Key.OUTBOUND_PROXY).flatMap(this::proxy));
  }

  /** The message does not contain the URL, which may contain a password. */
  private Optional<Config.Proxy> proxy(String url) {
    try {
      URI uri = new URI(url);
      boolean whole = uri.getHost() != null && uri.getPort() > 0;
      if (whole && "http".equals(uri.getScheme())) {
        String[] login =
            uri.getRawUserInfo() == null ? new String[0] : uri.getRawUserInfo().split(":", 2);
        return Optional.of(
            new Config.Proxy(
                uri.getHost(),
                uri.getPort(),
                login.length > 0 ? decoded(login[0]) : "",
                login.length > 1 ? decoded(login[1]) : ""));
      }
    } catch (java.net.URISyntaxException _) {
      // reported below
    }
    problems.add("`outbound_proxy` must have the form http://user:password@host:3128.");
    return Optional.empty();
  }

  private Config.Browser browser() {
    boolean counted = text(Key.BROWSER_SLOTS).isPresent();
    return new Config.Browser(
        text(Key.BROWSER_EXECUTABLE).map(Path::of),
        counted ? number(Key.BROWSER_SLOTS, 1, 1_000) : Runtime.getRuntime().availableProcessors(),
        number(Key.BROWSER_VISITS, 1, 1_000_000),
        text(Key.BROWSER_MEMORY_MB).map(_ -> megabytes(Key.BROWSER_MEMORY_MB)));
  }

  private long megabytes(Key key) {
    return (long) number(key, 256, 1_000_000) << 20;
  }

  private Config.Artifacts artifacts() {
    return new Config.Artifacts(
        text(Key.ARTIFACTS_S3_BUCKET).map(this::bucket).orElseGet(this::folder),
        number(Key.ARTIFACTS_MAX_BYTES, 1, Integer.MAX_VALUE),
        number(Key.ARTIFACTS_PER_ITEM, 1, 10_000),
        Duration.ofSeconds(number(Key.ARTIFACTS_LINK_SECONDS, 1, 7 * 86_400)));
  }

  private ArtifactStorage folder() {
    Path data = Path.of(text(Key.DATA).orElse("./data"));
    Path folder = text(Key.ARTIFACTS_FOLDER).map(Path::of).orElse(data.resolve("artifacts"));
    return new ArtifactStorage.Folder(folder.toAbsolutePath().normalize());
  }

  private ArtifactStorage bucket(String bucket) {
    if (given.containsKey(Key.ARTIFACTS_FOLDER)) {
      problems.add("`artifacts_folder` and `artifacts_s3_bucket` must not both be set.");
    }
    return new ArtifactStorage.Bucket(
        web(Key.ARTIFACTS_S3_ENDPOINT),
        text(Key.ARTIFACTS_S3_REGION).orElse(""),
        bucket,
        new ArtifactStorage.BucketCredentials(
            needed(Key.ARTIFACTS_S3_ACCESS_KEY), needed(Key.ARTIFACTS_S3_SECRET_KEY)),
        flag(Key.ARTIFACTS_S3_PATH_STYLE));
  }

  private String needed(Key key) {
    return text(key)
        .orElseGet(() -> {
          problems.add("`%s` must be set because `artifacts_s3_bucket` is.".formatted(key.word()));
          return "";
        });
  }

  private Optional<URI> web(Key key) {
    Optional<URI> url = text(key).flatMap(Values::web);
    if (text(key).isPresent() && url.isEmpty()) {
      problems.add(
          "`%s` must have the form https://host or http://host:port.".formatted(key.word()));
    }
    return url;
  }

  private static Optional<URI> web(String text) {
    try {
      URI url = new URI(text.strip());
      boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      boolean plain = url.getHost() != null && url.getQuery() == null && url.getFragment() == null;
      return web && plain && url.getUserInfo() == null ? Optional.of(url) : Optional.empty();
    } catch (java.net.URISyntaxException e) {
      return Optional.empty();
    }
  }

  private Optional<String> text(Key key) {
    return Optional.ofNullable(given.get(key)).or(key::defaultText).filter(t -> !t.isBlank());
  }

  private int number(Key key, int least, int most) {
    String text = text(key).orElse("");
    try {
      int number = Integer.parseInt(text.strip());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException _) {
      // reported below
    }
    problems.add(
        String.format(
            Locale.ROOT,
            "`%s` must be a whole number between %,d and %,d; got %s.",
            key.word(),
            least,
            most,
            text));
    return least;
  }

  private boolean flag(Key key) {
    String text = text(key).orElse("");
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> {
        problems.add("`%s` must be true or false; got %s.".formatted(key.word(), text));
        yield false;
      }
    };
  }

  private Optional<Path> file(Key key) {
    Optional<Path> path = text(key).map(Path::of);
    path.filter(p -> !Files.isReadable(p))
        .ifPresent(
            p -> problems.add("`%s` must name a readable file; got %s.".formatted(key.word(), p)));
    return path;
  }

  /**
   * Parses {@code postgresql://user:password@host:port/name} or a JDBC URL. The messages do not
   * contain the URL, which may contain a password.
   */
  private Optional<Database.Address> address(String url, int connections) {
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

  private static Database.Address address(URI uri, int connections) {
    String[] login =
        uri.getRawUserInfo() == null ? new String[0] : uri.getRawUserInfo().split(":", 2);
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    int port = uri.getPort() < 0 ? 5432 : uri.getPort();
    return new Database.Address(
        "jdbc:postgresql://" + uri.getHost() + ":" + port + uri.getRawPath() + query,
        login.length > 0 ? decoded(login[0]) : System.getProperty("user.name", "postgres"),
        login.length > 1 ? decoded(login[1]) : "",
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
