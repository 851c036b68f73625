package io.headgate;

import io.headgate.config.Config;
import io.headgate.config.ConfigKey;
import io.headgate.config.ConfigSources;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Settings that can be given on the command line. */
final class CommandLineSettings {
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
    Map<ConfigKey, String> values = new EnumMap<>(ConfigKey.class);
    put(values, ConfigKey.HOST, host);
    put(values, ConfigKey.PORT, port);
    put(values, ConfigKey.DATA, data);
    put(values, ConfigKey.DATABASE_URL, databaseUrl);
    return Config.of(ConfigSources.merge(Optional.ofNullable(file), System.getenv(), values));
  }

  private static void put(Map<ConfigKey, String> values, ConfigKey key, @Nullable String value) {
    if (value != null) {
      values.put(key, value);
    }
  }
}
