package io.headgate.docs;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The environment in which the documentation is run: a folder with a launcher that runs the classes
 * under test, a server started with it, and a web site for items to call.
 */
final class DocsServer implements AutoCloseable {

  private static final String READY = "headgate ready on ";

  /** Marks the status code in the output of curl. */
  static final String STATUS = "<<<status ";

  final ExampleSite site;
  final String url;
  private final Path folder;
  private final Process server;

  DocsServer(Path folder) throws IOException {
    this.folder = folder;
    this.site = new ExampleSite();
    Path launcher = Files.writeString(folder.resolve("headgate"), launcher());
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(
        folder.resolve(".curlrc"), "write-out = \"\\n" + STATUS + "%{http_code}\\n\"\n");
    this.server =
        builder(null)
            .command("./headgate", "serve")
            .redirectError(folder.resolve("server.log").toFile())
            .start();
    this.url = awaitReady();
  }

  /** Opens a shell in the folder whose commands use this server. */
  Shell shell() throws IOException {
    return new Shell(builder(url));
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  String key() throws IOException {
    return Files.readString(folder.resolve("data/admin.key")).strip();
  }

  private ProcessBuilder builder(@Nullable String server) {
    ProcessBuilder builder = new ProcessBuilder().directory(folder.toFile());
    var environment = builder.environment();
    environment.keySet().removeIf(DocsServer::changesTheServer);
    environment.put("CURL_HOME", folder.toString());
    environment.put("HEADGATE_PORT", "0");
    environment.put("HEADGATE_ALLOW_PRIVATE_TARGETS", "true");
    if (server != null) {
      environment.put("HEADGATE_URL", server);
    }
    return builder;
  }

  private static boolean changesTheServer(String variable) {
    return variable.startsWith("HEADGATE_") || variable.toLowerCase(Locale.ROOT).endsWith("_proxy");
  }

  /** A launcher with the commands of the real one, but without its build. */
  private static String launcher() {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return """
    #!/bin/sh
    case ${1:-} in
      serve | check | migrate | simulate) main=io.headgate.Main ;;
      bench) main=io.headgate.bench.Main; shift ;;
      *) main=io.headgate.cli.Main ;;
    esac
    exec '%s' -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED \\
      -Dheadgate.launcher="$(cd "$(dirname "$0")" && pwd)/headgate" -cp '%s' "$main" "$@"
    """
        .formatted(java, classPath);
  }

  private String awaitReady() throws IOException {
    BufferedReader output = server.inputReader(StandardCharsets.UTF_8);
    String line = "";
    while (!line.startsWith(READY)) {
      line = output.readLine();
      if (line == null) {
        close();
        throw new IllegalStateException(
            "the server did not start:\n" + Files.readString(file("server.log")));
      }
    }
    return line.substring(READY.length());
  }

  @Override
  public void close() {
    site.close();
    server.destroy();
    try {
      if (!server.waitFor(60, TimeUnit.SECONDS)) {
        server.destroyForcibly();
      }
    } catch (InterruptedException e) {
      server.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
