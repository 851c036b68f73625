package io.headgate.config;

import io.headgate.RenderedPage;
import org.junit.jupiter.api.Test;

class ConfigurationDocsTest {

  @Test
  void the_configuration_page_describes_every_key() {
    StringBuilder page = new StringBuilder(INTRODUCTION);
    for (ConfigKey key : ConfigKey.values()) {
      page.append(
          "| `%s` | `%s` | %s | %s |\n"
              .formatted(
                  key.yamlName(),
                  key.variable(),
                  key.defaultText().map(text -> "`" + text + "`").orElse(""),
                  key.description()));
    }
    RenderedPage.check("configuration.md", page.toString());
  }

  private static final String INTRODUCTION =
      """
      # Configuration

      Headgate reads its configuration from a YAML file (`--config FILE`), from environment variables and from the command line.
      The command line takes precedence over the environment, and the environment over the file. All keys are optional.

      The file has one `key: value` per line:

      ```yaml
      port: 9000
      slots: 64
      allow_private_targets: true
      ```

      On the command line these keys can be set: `--host`, `--port`, `--data` and `--database-url`.

      The server does not start with an invalid configuration; it prints every invalid value, and exits with 2. An unknown key in
      the file and an unknown variable that begins with `HEADGATE_` are errors too; the message names the most similar key.
      `./headgate check` validates the configuration without starting the server and exits with 0 or 2.

      These variables are not keys: `HEADGATE_URL` and `HEADGATE_API_KEY` belong to the [command line client](cli.md). The
      launcher reads `HEADGATE_JAVA_HOME` (the JDK to use), `HEADGATE_JAVA_OPTS` (additional options of the JVM) and
      `HEADGATE_SKIP_BUILD` (set to any value: start without building). Kubernetes sets variables for a service named `headgate`;
      set `enableServiceLinks: false` for its pods.

      | key | environment | default | meaning |
      |---|---|---|---|
      """;
}
