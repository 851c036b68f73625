package io.headgate.config;

import io.headgate.RenderedPage;
import org.junit.jupiter.api.Test;

class ConfigurationDocsTest {

  @Test
  void the_page_of_the_configuration_names_every_key() {
    StringBuilder page = new StringBuilder(INTRODUCTION);
    for (Key key : Key.values()) {
      page.append(
          "| `%s` | `%s` | %s | %s |\n"
              .formatted(
                  key.word(),
                  key.variable(),
                  key.defaultText().map(text -> "`" + text + "`").orElse(""),
                  key.meaning()));
    }
    RenderedPage.check("configuration.md", page.toString());
  }

  private static final String INTRODUCTION =
      """
      # Configuration

      A key is set in the file of `--config`, in the environment, or on the command line. The command line wins over the
      environment, and the environment over the file. What is not set has its default.

      The file is YAML, one `key: value` a line:

      ```yaml
      port: 9000
      slots: 64
      allow_private_targets: true
      ```

      An unknown key in the file stops the start and names the nearest known one; so does an unknown variable that begins with
      `HEADGATE_`. Known besides the keys are those of the [command line](cli.md) (`HEADGATE_URL`, `HEADGATE_API_KEY`) and of the
      launcher: `HEADGATE_JAVA_HOME` names the JDK, `HEADGATE_JAVA_OPTS` has more options for it, and `HEADGATE_SKIP_BUILD`, set
      to anything, runs what was built last. Kubernetes sets variables of its own for a service called `headgate`: give its pods
      `enableServiceLinks: false`.

      A value that cannot be stops the start too; all such values are named at once. `./headgate check` says the same without starting anything; it exits with 0, or with 2.

      On the command line: `--host`, `--port`, `--data`, `--database-url`, and `--config` for the file.

      | key | environment | default | meaning |
      |---|---|---|---|
      """;
}
