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
 * Every configuration key. Each is a line of the YAML file in lower case, and an environment
 * variable with {@code HEADGATE_} before it.
 */
public enum Key {
  HOST("127.0.0.1", "address to listen on"),
  PORT("8080", "port to listen on; 0 takes a free one"),
  TLS_CERTIFICATE(null, "PEM file with the certificate chain; with tls_key, serves https"),
  TLS_KEY(null, "PEM file with the private key of the certificate"),
  DATA("./data", "folder of the embedded database, the admin key and scratch files"),
  DATABASE_URL(
      null, "postgresql://user:password@host:port/name of an external PostgreSQL 15 or newer"),
  DATABASE_CONNECTIONS("24", "connections this node may hold"),
  NODE_NAME(null, "this node's name for people; the host name by default"),
  SLOTS("256", "items this node runs at once"),
  LEASE_SECONDS("15", "silence after which other nodes take over what this one runs"),
  DRAIN_SECONDS("20", "how long a stop waits for running items before it hands them back"),
  PARTITION_HOURS("24", "how much time one partition of items and results spans"),
  REQUESTS_PER_MINUTE("6000", "requests one key may make a minute; 0 is without limit"),
  WRONG_KEYS_PER_MINUTE("120", "wrong keys one address may try a minute"),
  METRICS_KEY_REQUIRED("false", "whether /metrics asks for a key on loopback too"),
  MAX_ITEMS("10000000", "items one batch may have"),
  PUBLIC_URL(
      null, "where clients reach this house, such as https://batches.example.org; for links"),
  ARTIFACTS_FOLDER(
      null, "folder of artifacts, the same for all nodes; by default 'artifacts' in data"),
  ARTIFACTS_S3_BUCKET(null, "bucket of artifacts of a service that speaks S3, instead of a folder"),
  ARTIFACTS_S3_ENDPOINT(null, "URL of that service; by default Amazon's own"),
  ARTIFACTS_S3_REGION("us-east-1", "region of the bucket"),
  ARTIFACTS_S3_ACCESS_KEY(null, "access key that reads, writes and deletes in the bucket"),
  ARTIFACTS_S3_SECRET_KEY(null, "secret key of the access key"),
  ARTIFACTS_S3_PATH_STYLE(
      "false", "whether the bucket is named in the path instead of the host, as MinIO wants it"),
  ARTIFACTS_LINK_SECONDS("3600", "how long the address of an artifact leads to it"),
  ARTIFACTS_MAX_BYTES("268435456", "bytes one artifact may have"),
  ARTIFACTS_PER_ITEM("100", "artifacts one item may have"),
  BROWSER_EXECUTABLE(
      null, "the Chromium to drive; by default the first chromium or google-chrome on the PATH"),
  BROWSER_SLOTS(null, "pages this node has open at once; by default one for each core"),
  BROWSER_VISITS("500", "visits after which a browser is replaced by a fresh one"),
  BROWSER_MEMORY_MB(
      null,
      "megabytes after which a browser is replaced by a fresh one, and at twice that ended with its"
          + " page; by default half the machine's memory over browser_slots"),
  ALLOW_PRIVATE_TARGETS(
      "false", "whether outbound requests may go to loopback, private and link-local addresses"),
  OUTBOUND_PROXY(
      null, "http://user:password@host:port of a proxy that batches may ask to go through");

  private static final String PREFIX = "HEADGATE_";

  /** Variables of the launcher and of the command line's client: no keys, and yet not unknown. */
  private static final Set<String> OF_OTHERS =
      Set.of(
          "HEADGATE_URL",
          "HEADGATE_API_KEY",
          "HEADGATE_JAVA_HOME",
          "HEADGATE_JAVA_OPTS",
          "HEADGATE_SKIP_BUILD");

  private final @Nullable String defaultText;
  private final String meaning;

  Key(@Nullable String defaultText, String meaning) {
    this.defaultText = defaultText;
    this.meaning = meaning;
  }

  /** The key as the file has it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String variable() {
    return PREFIX + name();
  }

  public Optional<String> defaultText() {
    return Optional.ofNullable(defaultText);
  }

  /** What it sets, for the documentation. */
  public String meaning() {
    return meaning;
  }

  /**
   * @throws ConfigProblem with the nearest key, when none is called that
   */
  static Key of(String word) {
    return find(word)
        .orElseThrow(() ->
            new ConfigProblem(
                List.of("unknown key '%s'%s".formatted(word, didYouMean(word, Key::word)))));
  }

  /**
   * Checks the names of an environment: a misspelt one would leave its default standing, unnoticed.
   *
   * @throws ConfigProblem naming every one of Headgate's that is no key's, with the nearest that is
   */
  static void requireKnown(Set<String> variables) {
    List<String> problems =
        variables.stream()
            .filter(name -> name.startsWith(PREFIX) && !OF_OTHERS.contains(name))
            .filter(name -> Arrays.stream(values()).noneMatch(key -> key.variable().equals(name)))
            .sorted()
            .map(name -> "unknown variable '%s'%s".formatted(name, didYouMean(name, Key::variable)))
            .toList();
    if (!problems.isEmpty()) {
      throw new ConfigProblem(problems);
    }
  }

  private static Optional<Key> find(String word) {
    return Arrays.stream(values()).filter(key -> key.word().equals(word)).findFirst();
  }

  private static String didYouMean(String unknown, Function<Key, String> spelling) {
    List<String> words = Arrays.stream(values()).map(Key::word).toList();
    return Suggestion.nearest(bare(unknown), words)
        .flatMap(Key::find)
        .map(known -> ", did you mean '" + spelling.apply(known) + "'?")
        .orElse("; the keys are listed in docs/configuration.md");
  }

  private static String bare(String unknown) {
    String word = unknown.startsWith(PREFIX) ? unknown.substring(PREFIX.length()) : unknown;
    return word.toLowerCase(Locale.ROOT);
  }
}
