package io.headgate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigSourcesTest {

  @TempDir Path folder;

  @Test
  void every_key_can_come_from_the_file() throws IOException {
    Map<ConfigKey, String> given = distinct("file");
    String yaml =
        given.entrySet().stream()
            .map(entry -> entry.getKey().yamlName() + ": " + entry.getValue() + "\n")
            .collect(Collectors.joining());

    assertThat(ConfigSources.merge(file(yaml), Map.of(), Map.of())).isEqualTo(given);
  }

  @Test
  void every_key_can_come_from_the_environment() {
    assertThat(ConfigSources.merge(Optional.empty(), environment("environment"), Map.of()))
        .isEqualTo(distinct("environment"));
  }

  @ParameterizedTest
  @EnumSource
  void the_environment_wins_over_the_file_and_the_command_line_over_both(ConfigKey key)
      throws IOException {
    Optional<Path> file = file(key.yamlName() + ": of the file\n");
    Map<String, String> environment = Map.of(key.variable(), "of the environment");
    Map<ConfigKey, String> commandLine = Map.of(key, "of the command line");

    assertThat(ConfigSources.merge(file, Map.of(), Map.of())).containsEntry(key, "of the file");
    assertThat(ConfigSources.merge(file, environment, Map.of()))
        .containsEntry(key, "of the environment");
    assertThat(ConfigSources.merge(file, environment, commandLine))
        .containsEntry(key, "of the command line");
  }

  @Test
  void numbers_and_booleans_of_yaml_are_accepted() throws IOException {
    Config config =
        Config.of(
            ConfigSources.merge(
                file("port: 9000\nallow_private_targets: true\nnode_name:\n"), Map.of(), Map.of()));

    assertThat(config.http().port()).isEqualTo(9000);
    assertThat(config.safety().allowPrivateTargets()).isTrue();
    assertThat(config.node().name()).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          prot,                  "unknown key 'prot', did you mean 'port'?"
          allow_private_target,  "unknown key 'allow_private_target', did you mean 'allow_private_targets'?"
          database_uri,          "unknown key 'database_uri', did you mean 'database_url'?"
          PORT,                  "unknown key 'PORT', did you mean 'port'?"
          telemetry_endpoint,    "unknown key 'telemetry_endpoint'; the keys are listed in docs/configuration.md"
          """,
      quoteCharacter = '"')
  void an_unknown_key_in_the_file_is_refused_with_the_most_similar_one(String name, String sentence)
      throws IOException {
    Optional<Path> file = file(name + ": 1\n");

    assertThat(configProblem(() -> ConfigSources.merge(file, Map.of(), Map.of())).sentences())
        .containsExactly(sentence);
  }

  @Test
  void unknown_headgate_variables_are_all_reported_with_the_most_similar_one() {
    Map<String, String> environment =
        Map.of(
            "HEADGATE_ALOW_PRIVATE_TARGETS", "true",
            "HEADGATE_TELEMETRY_ENDPOINT", "x",
            "HEADGATE_PORT", "9000",
            "PORT", "of another program");

    assertThat(
            configProblem(() -> ConfigSources.merge(Optional.empty(), environment, Map.of()))
                .sentences())
        .containsExactly(
            "unknown variable 'HEADGATE_ALOW_PRIVATE_TARGETS',"
                + " did you mean 'HEADGATE_ALLOW_PRIVATE_TARGETS'?",
            "unknown variable 'HEADGATE_TELEMETRY_ENDPOINT';"
                + " the keys are listed in docs/configuration.md");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HEADGATE_URL",
        "HEADGATE_API_KEY",
        "HEADGATE_JAVA_HOME",
        "HEADGATE_JAVA_OPTS",
        "HEADGATE_SKIP_BUILD"
      })
  void variables_of_the_launcher_and_the_client_are_known(String variable) {
    assertThat(ConfigSources.merge(Optional.empty(), Map.of(variable, "x"), Map.of())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          '- port'          | must have one 'key: value' per line
          'port: [1, 2]'    | `port` must be a single value
          'port: "9000'     | is not valid YAML
          """,
      delimiter = '|')
  void a_file_that_is_not_a_list_of_values_is_refused(String yaml, String text) throws IOException {
    Optional<Path> file = file(yaml);

    assertThat(configProblem(() -> ConfigSources.merge(file, Map.of(), Map.of())))
        .hasMessageContaining(text);
  }

  @Test
  void a_missing_file_is_refused() {
    Optional<Path> file = Optional.of(folder.resolve("none.yaml"));

    assertThat(configProblem(() -> ConfigSources.merge(file, Map.of(), Map.of())))
        .hasMessageStartingWith("Cannot read the configuration file ");
  }

  @Test
  void an_empty_file_sets_nothing() throws IOException {
    assertThat(ConfigSources.merge(file(""), Map.of(), Map.of())).isEmpty();
    assertThat(ConfigSources.merge(file("# nothing yet\n"), Map.of(), Map.of())).isEmpty();
  }

  private Optional<Path> file(String yaml) throws IOException {
    return Optional.of(Files.writeString(folder.resolve("headgate.yaml"), yaml));
  }

  private static Map<ConfigKey, String> distinct(String origin) {
    return new EnumMap<>(
        Arrays.stream(ConfigKey.values())
            .collect(Collectors.toMap(Function.identity(), key -> origin + " " + key.yamlName())));
  }

  private static Map<String, String> environment(String origin) {
    return distinct(origin).entrySet().stream()
        .collect(Collectors.toMap(entry -> entry.getKey().variable(), Map.Entry::getValue));
  }

  private static ConfigException configProblem(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return catchThrowableOfType(ConfigException.class, call);
  }
}
