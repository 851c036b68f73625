package io.headgate.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Reads the version that Maven wrote into the jar. */
final class Version implements IVersionProvider {

  private static final String WRITTEN_BY_MAVEN =
      "/META-INF/maven/io.headgate/headgate-cli/pom.properties";

  @Override
  public String[] getVersion() throws IOException {
    Properties properties = new Properties();
    try (InputStream file = Version.class.getResourceAsStream(WRITTEN_BY_MAVEN)) {
      if (file != null) {
        properties.load(file);
      }
    }
    return new String[] {"headgate " + properties.getProperty("version", "(not packaged)")};
  }
}
