package io.headgate.config;

import io.headgate.text.Suggestion;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The configuration keys. In the YAML file a key is written in lower case; in the environment it is
 * a variable with the prefix {@code HEADGATE_}.
 */
public enum ConfigKey {
  HOST("127.0.0.1", "address to listen on"),
  PORT("8080", "port to listen on; 0 for any free port"),
  TLS_CERTIFICATE(
      null, "PEM file with the certificate chain; together with `tls_key` it enables https"),
  TLS_KEY(null, "PEM file with the private key of the certificate"),
  DATA("./data", "folder of the embedded database, the admin key and temporary files"),
  DATABASE_URL(
      null, "`postgresql://user:password@host:port/name` of an external PostgreSQL 15 or newer"),
  DATABASE_CONNECTIONS("24", "maximum number of database connections of this node"),
  NODE_NAME(null, "display name of this node; the host name by default"),
  SLOTS("256", "maximum number of items that this node runs at the same time"),
  LEASE_SECONDS(
      "15", "seconds without a heartbeat after which other nodes take over the items of this one"),
  DRAIN_SECONDS(
      "20", "maximum seconds that a stop waits for running items before it releases them"),
  PARTITION_HOURS("24", "hours that one partition of items and results covers"),
  REQUESTS_PER_MINUTE("6000", "maximum requests per minute and key; 0 for no limit"),
  WRONG_KEYS_PER_MINUTE("120", "maximum failed authentications per minute and client address"),
  METRICS_KEY_REQUIRED("false", "whether `/metrics` needs a key from loopback addresses too"),
  MAX_ITEMS("10000000", "maximum number of items in a batch"),
  PUBLIC_URL(
      null,
      "URL at which clients reach this server, such as `https://batches.example.org`; used in links"),
  ARTIFACTS_FOLDER(
      null,
      "folder of artifacts, the same for all nodes; `artifacts` in the `data` folder by default"),
  ARTIFACTS_S3_BUCKET(null, "bucket of artifacts in an S3-compatible service, instead of a folder"),
  ARTIFACTS_S3_ENDPOINT(null, "URL of the S3-compatible service; Amazon S3 by default"),
  ARTIFACTS_S3_REGION("us-east-1", "region of the bucket"),
  ARTIFACTS_S3_ACCESS_KEY(
      null, "access key with permission to read, write and delete in the bucket"),
  ARTIFACTS_S3_SECRET_KEY(null, "secret that belongs to the access key"),
  ARTIFACTS_S3_PATH_STYLE(
      "false", "whether URLs have the bucket in the path instead of the host, as MinIO requires"),
  ARTIFACTS_LINK_SECONDS("3600", "seconds for which the URL of an artifact is valid"),
  ARTIFACTS_MAX_BYTES("268435456", "maximum size of an artifact in bytes"),
  ARTIFACTS_PER_ITEM("100", "maximum number of artifacts of an item"),
  BROWSER_EXECUTABLE(
      null, "path of Chromium; the first `chromium` or `google-chrome` on the PATH by default"),
  BROWSER_SLOTS(
      null,
      "maximum number of pages open at the same time; the number of processor cores by default"),
  BROWSER_VISITS("500", "number of visits after which a browser is replaced"),
  BROWSER_MEMORY_MB(
      null,
      "megabytes of memory above which a browser is replaced; at twice that value it is killed with"
          + " its page. Half of the machine's memory divided by `browser_slots` by default"),
  ALLOW_PRIVATE_TARGETS(
      "false", "whether outbound requests may go to loopback, private and link-local addresses"),
  OUTBOUND_PROXY(null, "`http://user:password@host:port` of a proxy that batches may use");

  private static final String PREFIX = "HEADGATE_";

  /** Variables of the launcher and of the command line client, which are not keys. */
  private static final Set<String> OTHER_VARIABLES =
      Set.of(
          "HEADGATE_URL",
          "HEADGATE_API_KEY",
          "HEADGATE_JAVA_HOME",
          "HEADGATE_JAVA_OPTS",
          "HEADGATE_SKIP_BUILD");

  private final @Nullable String defaultText;
  private final String description;

  ConfigKey(@Nullable String defaultText, String description) {
    this.defaultText = defaultText;
    this.description = description;
  }

  /** The key in the YAML file. */
  public String yamlName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The environment variable. */
  public String variable() {
    return PREFIX + name();
  }

  public Optional<String> defaultText() {
    return Optional.ofNullable(defaultText);
  }

  /** What the key sets, for the documentation. */
  public String description() {
    return description;
  }

  /**
   * Returns the key with this name in the file.
   *
   * @throws ConfigException with the most similar key when there is none
   */
  static ConfigKey of(String yamlName) {
    return find(yamlName)
        .orElseThrow(() ->
            new ConfigException(
                List.of(
                    "unknown key '%s'%s"
                        .formatted(yamlName, didYouMean(yamlName, ConfigKey::yamlName)))));
  }

  /**
   * Checks the names of environment variables: a misspelt one would silently have no effect.
   *
   * @throws ConfigException with every unknown variable that begins with {@code HEADGATE_}, and the
   *     most similar known one
   */
  static void requireKnown(Set<String> variables) {
    List<String> problems =
        variables.stream()
            .filter(name -> name.startsWith(PREFIX) && !OTHER_VARIABLES.contains(name))
            .filter(name -> Arrays.stream(values()).noneMatch(key -> key.variable().equals(name)))
            .sorted()
            .map(name ->
                "unknown variable '%s'%s".formatted(name, didYouMean(name, ConfigKey::variable)))
            .toList();
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }

  private static Optional<ConfigKey> find(String yamlName) {
    return Arrays.stream(values()).filter(key -> key.yamlName().equals(yamlName)).findFirst();
  }

  private static String didYouMean(String unknown, Function<ConfigKey, String> spelling) {
    List<String> words = Arrays.stream(values()).map(ConfigKey::yamlName).toList();
    return Suggestion.nearest(bare(unknown), words)
        .flatMap(ConfigKey::find)
        .map(known -> ", did you mean '" + spelling.apply(known) + "'?")
        .orElse("; the keys are listed in docs/configuration.md");
  }

  private static String bare(String unknown) {
    String word = unknown.startsWith(PREFIX) ? unknown.substring(PREFIX.length()) : unknown;
    return word.toLowerCase(Locale.ROOT);
  }
}
