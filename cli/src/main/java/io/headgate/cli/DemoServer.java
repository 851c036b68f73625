package io.headgate.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The Headgate server of the demonstration. Its folder is temporary and removed with it. */
final class DemoServer implements AutoCloseable {

  private static final String READY = "headgate ready on ";
  private static final int START_SECONDS = 180;
  private static final int STOP_SECONDS = 20;
  private static final Set<String> KEPT_VARIABLES =
      Set.of("HEADGATE_JAVA_HOME", "HEADGATE_JAVA_OPTS", "HEADGATE_SKIP_BUILD");

  private final Process process;
  private final Path folder;
  private final URI url;
  private final Thread onInterrupt = Thread.ofPlatform().name("demo-cleanup").unstarted(this::stop);

  private DemoServer(Process process, Path folder, URI url) {
    this.process = process;
    this.folder = folder;
    this.url = url;
    Runtime.getRuntime().addShutdownHook(onInterrupt);
  }

  /**
   * Starts a server with the launcher and waits until it is ready.
   *
   * @throws IOException when it does not start; the message contains the end of its log
   */
  static DemoServer start(Path launcher) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("headgate-demo-");
    Path log = folder.resolve("server.log");
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                launcher.toString(),
                "serve",
                "--data",
                folder.resolve("data").toString(),
                "--port",
                String.valueOf(freePort())));
    builder.redirectError(log.toFile());
    removeOtherSettings(builder.environment());
    Process process = builder.start();
    URI url = readyUrl(process);
    if (url == null) {
      String tail = tail(log);
      stop(process, folder);
      throw new IOException("the server did not start:\n" + tail);
    }
    return new DemoServer(process, folder, url);
  }

  URI url() {
    return url;
  }

  String key() throws IOException {
    return Files.readString(folder.resolve("data/admin.key")).strip();
  }

  /** Removes the settings of other servers, above all their database, from the environment. */
  private static void removeOtherSettings(Map<String, String> environment) {
    environment
        .keySet()
        .removeIf(name -> name.startsWith("HEADGATE_") && !KEPT_VARIABLES.contains(name));
    environment.put("HEADGATE_ALLOW_PRIVATE_TARGETS", "true");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static @Nullable URI readyUrl(Process process) throws InterruptedException {
    CompletableFuture<@Nullable URI> ready = new CompletableFuture<>();
    Thread.ofVirtual().name("demo-server-output").start(() -> readOutput(process, ready));
    try {
      return ready.get(START_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return null;
    }
  }

  /** Reads all output: a server whose output is not read stops when the pipe is full. */
  private static void readOutput(Process process, CompletableFuture<@Nullable URI> ready) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      lines
          .lines()
          .filter(line -> line.startsWith(READY))
          .forEach(line -> ready.complete(URI.create(line.substring(READY.length()).strip())));
      ready.complete(null);
    } catch (IOException | RuntimeException e) {
      ready.completeExceptionally(e);
    }
  }

  private static String tail(Path log) throws IOException {
    List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(onInterrupt);
    stop();
  }

  private void stop() {
    stop(process, folder);
  }

  private static void stop(Process process, Path folder) {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor(STOP_SECONDS, TimeUnit.SECONDS);
      }
      remove(folder);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static void remove(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      // the remaining files are in the temporary folder of the system
    }
  }
}
