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
public final class Sources {

  private Sources() {}

  /**
   * Returns the values of all sources, each from the source with the highest precedence.
   *
   * @throws ConfigProblem when the file cannot be read or parsed, or for an unknown key in the file
   *     or an unknown {@code HEADGATE_} variable
   */
  public static Map<Key, String> merge(
      Optional<Path> file, Map<String, String> environment, Map<Key, String> commandLine) {
    Key.requireKnown(environment.keySet());
    Map<Key, String> merged = new EnumMap<>(Key.class);
    file.ifPresent(path -> merged.putAll(read(path)));
    for (Key key : Key.values()) {
      Optional.ofNullable(environment.get(key.variable())).ifPresent(v -> merged.put(key, v));
    }
    merged.putAll(commandLine);
    return merged;
  }

  private static Map<Key, String> read(Path file) {
    JsonNode root = tree(file);
    Map<Key, String> values = new EnumMap<>(Key.class);
    if (root.isMissingNode() || root.isNull()) {
      return values;
    }
    if (!root.isObject()) {
      throw new ConfigProblem(
          List.of("The configuration file " + file + " must have one 'key: value' per line."));
    }
    for (Map.Entry<String, JsonNode> line : root.properties()) {
      Key key = Key.of(line.getKey());
      if (line.getValue().isContainer()) {
        throw new ConfigProblem(List.of("`%s` must be a single value.".formatted(key.word())));
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
      throw new ConfigProblem(
          List.of("Cannot read the configuration file " + file + ": " + e.getMessage()));
    } catch (JacksonException e) {
      throw new ConfigProblem(
          List.of(
              "The configuration file %s is not valid YAML: %s"
                  .formatted(file, e.getOriginalMessage())));
    }
  }
}
