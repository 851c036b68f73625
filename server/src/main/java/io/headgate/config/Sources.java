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

/** Where values come from: the command line over the environment over the file. */
public final class Sources {

  private Sources() {}

  /**
   * Puts the sources over each other.
   *
   * @throws ConfigProblem for a file that cannot be read, and for a key of the file or a variable
   *     of the environment that does not exist
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
      throw new ConfigProblem(List.of(file + " must be lines of 'key: value'"));
    }
    for (Map.Entry<String, JsonNode> line : root.properties()) {
      Key key = Key.of(line.getKey());
      if (line.getValue().isContainer()) {
        throw new ConfigProblem(List.of(key.word() + " must be a single value"));
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
      throw new ConfigProblem(List.of("cannot read " + file + ": " + e.getMessage()));
    } catch (JacksonException e) {
      throw new ConfigProblem(
          List.of("%s is not YAML: %s".formatted(file, e.getOriginalMessage())));
    }
  }
}
