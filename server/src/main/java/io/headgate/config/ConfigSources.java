package io.headgate.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Merges configuration sources: command line over environment over file. */
public final class ConfigSources {

  private ConfigSources() {}

  /**
   * Returns the values of all sources, each from the source with the highest precedence.
   *
   * @throws ConfigException when the file cannot be read or parsed, or for an unknown key in the
   *     file or an unknown {@code HEADGATE_} variable
   */
  public static Map<ConfigKey, String> merge(
      Optional<Path> file, Map<String, String> environment, Map<ConfigKey, String> commandLine) {
    ConfigKey.requireKnown(environment.keySet());
    Map<ConfigKey, String> merged = new EnumMap<>(ConfigKey.class);
    file.ifPresent(path -> merged.putAll(read(path)));
    for (ConfigKey key : ConfigKey.values()) {
      Optional.ofNullable(environment.get(key.variable())).ifPresent(v -> merged.put(key, v));
    }
    merged.putAll(commandLine);
    return merged;
  }

  private static Map<ConfigKey, String> read(Path file) {
    JsonNode root = tree(file);
    Map<ConfigKey, String> values = new EnumMap<>(ConfigKey.class);
    if (root.isMissingNode() || root.isNull()) {
      return values;
    }
    if (!root.isObject()) {
      throw new ConfigException(
          List.of("The configuration file " + file + " must have one 'key: value' per line."));
    }
    for (Map.Entry<String, JsonNode> line : root.properties()) {
      ConfigKey key = ConfigKey.of(line.getKey());
      if (line.getValue().isContainer()) {
        throw new ConfigException(
            List.of("`%s` must be a single value.".formatted(key.yamlName())));
      }
      if (!line.getValue().isNull()) {
        values.put(key, line.getValue().asString());
      }
    }
    return values;
  }

  private static JsonNode tree(Path file) {
    try {
      return YAMLMapper.builder().build().readTree(Files.readString(file));
    } catch (IOException e) {
      throw new ConfigException(
          List.of("Cannot read the configuration file " + file + ": " + e.getMessage()));
    } catch (JacksonException e) {
      throw new ConfigException(
          List.of(
              "The configuration file %s is not valid YAML: %s"
                  .formatted(file, e.getOriginalMessage())));
    }
  }
}
