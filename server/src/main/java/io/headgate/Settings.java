package io.headgate;

import io.headgate.config.Config;
import io.headgate.config.Key;
import io.headgate.config.Sources;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Settings that can be given on the command line. */
final class Settings {
  @Option(names = "--config", paramLabel = "FILE", description = "YAML file with settings")
  @Nullable Path file;

  @Option(names = "--host", description = "address to listen on")
  @Nullable String host;

  @Option(names = "--port", description = "port to listen on; 0 for any free port")
  @Nullable String port;

  @Option(names = "--data", paramLabel = "DIR", description = "folder for all files of the server")
  @Nullable String data;

  @Option(
      names = "--database-url",
      paramLabel = "URL",
      description = "an external PostgreSQL to use instead of the embedded one")
  @Nullable String databaseUrl;

  Config config() {
    Map<Key, String> given = new EnumMap<>(Key.class);
    put(given, Key.HOST, host);
    put(given, Key.PORT, port);
    put(given, Key.DATA, data);
    put(given, Key.DATABASE_URL, databaseUrl);
    return Config.of(Sources.merge(Optional.ofNullable(file), System.getenv(), given));
  }

  private static void put(Map<Key, String> given, Key key, @Nullable String value) {
    if (value != null) {
      given.put(key, value);
    }
  }
}
