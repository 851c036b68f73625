package io.headgate.bench;

import io.headgate.client.HeadgateClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real server process, started with the launcher on a data folder that outlives it. */
final class ServerProcess implements AutoCloseable {

  private static final String READY = "headgate ready on ";
  private static final int START_SECONDS = 600;
  private static final int STOP_SECONDS = 60;
  private static final List<String> KEPT_VARIABLES =
      List.of("HEADGATE_JAVA_HOME", "HEADGATE_JAVA_OPTS", "HEADGATE_SKIP_BUILD");

  private final Process process;
  private final Path data;
  private final Thread onExit = Thread.ofPlatform().name("bench-stop").unstarted(this::stop);
  private final URI url;
  private final long startNanos;

  private ServerProcess(Path launcher, Path data) throws Exception {
    this.data = data;
    ProcessBuilder builder =
        new ProcessBuilder(launcher.toString(), "serve", "--port", "0", "--data", data.toString());
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    removeOtherSettings(builder.environment());
    long start = System.nanoTime();
    this.process = builder.start();
    Runtime.getRuntime().addShutdownHook(onExit);
    this.url = awaitReady();
    this.startNanos = System.nanoTime() - start;
  }

  /** Starts a server and waits for the line that reports it ready. */
  static ServerProcess start(Path launcher, Path data) throws Exception {
    return new ServerProcess(launcher, data);
  }

  /**
   * Starts and stops a server, so that neither the build nor the creation of the class data archive
   * is measured.
   */
  static void prepare(Settings settings) throws Exception {
    try (TemporaryFolder folder = TemporaryFolder.in(settings.folder())) {
      start(settings.launcher(), folder.path()).close();
    }
  }

  private static void removeOtherSettings(Map<String, String> environment) {
    environment
        .keySet()
        .removeIf(name -> name.startsWith("HEADGATE_") && !KEPT_VARIABLES.contains(name));
    environment.put("HEADGATE_REQUESTS_PER_MINUTE", "0");
  }

  private URI awaitReady() throws Exception {
    CompletableFuture<URI> ready = new CompletableFuture<>();
    Thread.ofVirtual().name("bench-server-output").start(() -> read(ready));
    try {
      return ready.get(START_SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      close();
      throw e;
    }
  }

  /** Reads all output: a process whose output is not read stops when the pipe is full. */
  private void read(CompletableFuture<URI> ready) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      lines
          .lines()
          .filter(line -> line.startsWith(READY))
          .forEach(line -> ready.complete(URI.create(line.substring(READY.length()).strip())));
      ready.completeExceptionally(new IOException("the server ended before it was ready"));
    } catch (IOException | RuntimeException e) {
      ready.completeExceptionally(e);
    }
  }

  /** The seconds from the start of the process to the ready line. */
  double startSeconds() {
    return startNanos / 1e9;
  }

  HeadgateClient client() throws IOException {
    return HeadgateClient.at(url, Files.readString(data.resolve("admin.key")).strip());
  }

  /** A size from {@code /proc/PID/status}, such as VmRSS, in MB (10^6 bytes). */
  double megabytes(String field) throws IOException {
    Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
    List<String> found = new ArrayList<>();
    try (Stream<String> lines = Files.lines(status)) {
      lines.filter(line -> line.startsWith(field + ":")).forEach(found::add);
    }
    return Long.parseLong(found.getFirst().replaceAll("\\D", "")) * 1024 / 1e6;
  }

  /** Sends SIGTERM and waits until the process has ended. */
  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(onExit);
    stop();
  }

  private void stop() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
