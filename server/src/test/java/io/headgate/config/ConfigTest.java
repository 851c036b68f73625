package io.headgate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.headgate.artifact.ArtifactStorage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigTest {

  @TempDir Path folder;

  @Test
  void the_defaults_are_a_valid_configuration() {
    Config config = Config.of(Map.of());

    assertThat(config.http().host()).isEqualTo("127.0.0.1");
    assertThat(config.http().port()).isEqualTo(8080);
    assertThat(config.http().tls()).isEmpty();
    assertThat(config.storage().externalDatabase()).isEmpty();
    assertThat(config.storage().dataFolder()).isEqualTo(Path.of("data").toAbsolutePath());
    assertThat(config.node().lease()).isEqualTo(Duration.ofSeconds(15));
    assertThat(config.safety().allowPrivateTargets()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          PORT                  | eighty        | `port` must be a whole number between 0 and 65,535; got eighty.
          PORT                  | 65536         | `port` must be a whole number between 0 and 65,535; got 65536.
          PORT                  | -1            | `port` must be a whole number between 0 and 65,535; got -1.
          SLOTS                 | 0             | `slots` must be a whole number between 1 and 100,000; got 0.
          SLOTS                 | 99999999999   | `slots` must be a whole number between 1 and 100,000; got 99999999999.
          LEASE_SECONDS         | 1             | `lease_seconds` must be a whole number between 2 and 3,600; got 1.
          DRAIN_SECONDS         | 1.5           | `drain_seconds` must be a whole number between 0 and 86,400; got 1.5.
          PARTITION_HOURS       | 0             | `partition_hours` must be a whole number between 1 and 744; got 0.
          DATABASE_CONNECTIONS  | 5             | `database_connections` must be a whole number between 6 and 1,000; got 5.
          REQUESTS_PER_MINUTE   | -5            | `requests_per_minute` must be a whole number between 0 and 100,000,000; got -5.
          WRONG_KEYS_PER_MINUTE | -5            | `wrong_keys_per_minute` must be a whole number between 0 and 100,000,000; got -5.
          MAX_ITEMS             | 0             | `max_items` must be a whole number between 1 and 2,147,483,647; got 0.
          ALLOW_PRIVATE_TARGETS | yes           | `allow_private_targets` must be true or false; got yes.
          METRICS_KEY_REQUIRED  | 1             | `metrics_key_required` must be true or false; got 1.
          DATABASE_URL          | mysql://h/db  | `database_url` must have the form postgresql://user:password@host:5432/name.
          DATABASE_URL          | postgres      | `database_url` must have the form postgresql://user:password@host:5432/name.
          OUTBOUND_PROXY        | socks://h:1   | `outbound_proxy` must have the form http://user:password@host:3128.
          OUTBOUND_PROXY        | http://h      | `outbound_proxy` must have the form http://user:password@host:3128.
          TLS_KEY               | /no/such/file | `tls_key` must name a readable file; got /no/such/file.
          """,
      delimiter = '|')
  void an_invalid_value_is_reported(ConfigKey key, String value, String sentence) {
    assertThat(configProblem(() -> Config.of(Map.of(key, value))).sentences()).contains(sentence);
  }

  @Test
  void all_invalid_values_are_reported_at_once() {
    Map<ConfigKey, String> given =
        Map.of(ConfigKey.PORT, "x", ConfigKey.SLOTS, "0", ConfigKey.ALLOW_PRIVATE_TARGETS, "maybe");

    assertThat(configProblem(() -> Config.of(given)).sentences()).hasSize(3);
  }

  @Test
  void a_certificate_needs_its_key() throws IOException {
    Path certificate = Files.writeString(folder.resolve("server.pem"), "-");

    assertThat(
            configProblem(
                    () -> Config.of(Map.of(ConfigKey.TLS_CERTIFICATE, certificate.toString())))
                .sentences())
        .containsExactly("`tls_certificate` and `tls_key` must be set together.");
  }

  @Test
  void an_invalid_database_url_is_not_printed_because_it_may_contain_a_password() {
    ConfigException problem =
        configProblem(
            () -> Config.of(Map.of(ConfigKey.DATABASE_URL, "postgresql://me:s3 cret@h/db")));

    assertThat(problem)
        .hasMessage("`database_url` must have the form postgresql://user:password@host:5432/name.");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          postgresql://me:p%40ss@db.example:6432/batches | jdbc:postgresql://db.example:6432/batches | me | p@ss
          postgres://me:secret@db.example/batches        | jdbc:postgresql://db.example:5432/batches | me | secret
          jdbc:postgresql://me:a+b@h:5433/x?ssl=true   | jdbc:postgresql://h:5433/x?ssl=true     | me | a+b
          """,
      delimiter = '|')
  void a_database_url_is_accepted_in_both_forms(
      String url, String jdbcUrl, String user, String password) {
    var address =
        Config.of(Map.of(ConfigKey.DATABASE_URL, url)).storage().externalDatabase().orElseThrow();

    assertThat(address.jdbcUrl()).isEqualTo(jdbcUrl);
    assertThat(address.user()).isEqualTo(user);
    assertThat(address.password()).isEqualTo(password);
  }

  private static ConfigException configProblem(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return catchThrowableOfType(ConfigException.class, call);
  }

  @Test
  void artifacts_are_stored_in_a_folder_or_in_a_bucket() {
    assertThat(Config.of(Map.of(ConfigKey.DATA, "/srv/headgate")).artifacts().location())
        .isEqualTo(new ArtifactStorage.Folder(Path.of("/srv/headgate/artifacts")));
    assertThat(Config.of(Map.of(ConfigKey.ARTIFACTS_FOLDER, "/mnt/shared")).artifacts().location())
        .isEqualTo(new ArtifactStorage.Folder(Path.of("/mnt/shared")));
    ArtifactStorage bucket =
        Config.of(
                Map.of(
                    ConfigKey.ARTIFACTS_S3_BUCKET, "pictures",
                    ConfigKey.ARTIFACTS_S3_ENDPOINT, "http://127.0.0.1:9000",
                    ConfigKey.ARTIFACTS_S3_ACCESS_KEY, "me",
                    ConfigKey.ARTIFACTS_S3_SECRET_KEY, "s3cret-value",
                    ConfigKey.ARTIFACTS_S3_PATH_STYLE, "true"))
            .artifacts()
            .location();
    assertThat(bucket)
        .isEqualTo(
            new ArtifactStorage.Bucket(
                Optional.of(URI.create("http://127.0.0.1:9000")),
                "us-east-1",
                "pictures",
                new ArtifactStorage.BucketCredentials("me", "s3cret-value"),
                true));
    assertThat(bucket.toString()).doesNotContain("s3cret-value");
  }

  @Test
  void a_bucket_needs_its_keys_and_excludes_a_folder() {
    assertThat(
            sentences(
                Map.of(
                    ConfigKey.ARTIFACTS_S3_BUCKET, "pictures",
                    ConfigKey.ARTIFACTS_S3_ENDPOINT, "s3.example.org",
                    ConfigKey.ARTIFACTS_FOLDER, "/mnt/shared")))
        .containsExactlyInAnyOrder(
            "`artifacts_folder` and `artifacts_s3_bucket` must not both be set.",
            "`artifacts_s3_access_key` must be set because `artifacts_s3_bucket` is.",
            "`artifacts_s3_secret_key` must be set because `artifacts_s3_bucket` is.",
            "`artifacts_s3_endpoint` must have the form https://host or http://host:port.");
  }

  @Test
  void the_public_url_is_validated_and_loses_its_last_slash() {
    assertThat(Config.of(Map.of(ConfigKey.PUBLIC_URL, "https://a.example/b/")).http().publicUrl())
        .hasValue("https://a.example/b");
    assertThat(Config.of(Map.of()).http().publicUrl()).isEmpty();
    assertThat(sentences(Map.of(ConfigKey.PUBLIC_URL, "ftp://a.example")))
        .containsExactly("`public_url` must have the form https://host or http://host:port.");
  }

  private static java.util.List<String> sentences(Map<ConfigKey, String> given) {
    return configProblem(() -> Config.of(given)).sentences();
  }
}
