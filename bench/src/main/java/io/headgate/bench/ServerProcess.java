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

/** A real server process, started the way an operator does, on a folder that stays. */
final class ServerProcess implements AutoCloseable {

  private static final String READY = "headgate ready on ";
  private static final int START_SECONDS = 180;
  private static final int STOP_SECONDS = 60;
  private static final List<String> KEPT =
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
    ownSettingsOnly(builder.environment());
    long start = System.nanoTime();
    this.process = builder.start();
    Runtime.getRuntime().addShutdownHook(onExit);
    this.url = awaitReady();
    this.startNanos = System.nanoTime() - start;
  }

  /** Starts it and waits for the line that says it is ready. */
  static ServerProcess start(Path launcher, Path data) throws Exception {
    return new ServerProcess(launcher, data);
  }

  /** Builds what is missing, so that no build is measured. */
  static void prepare(Path launcher) throws IOException, InterruptedException {
    Process check =
        new ProcessBuilder(launcher.toString(), "check")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (!check.waitFor(10, TimeUnit.MINUTES) || check.exitValue() != 0) {
      check.destroyForcibly();
      throw new IOException(launcher + " check failed");
    }
  }

  private static void ownSettingsOnly(Map<String, String> environment) {
    environment.keySet().removeIf(name -> name.startsWith("HEADGATE_") && !KEPT.contains(name));
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

  /** Reads to the end, for a process whose output nobody takes would stop at a full pipe. */
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

  /** From the start of the process to the line. */
  double startSeconds() {
    return startNanos / 1e9;
  }

  HeadgateClient client() throws IOException {
    return HeadgateClient.at(url, Files.readString(data.resolve("admin.key")).strip());
  }

  /** A size the kernel keeps about the process, such as VmRSS, in MB of a million bytes. */
  double megabytes(String field) throws IOException {
    Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
    List<String> found = new ArrayList<>();
    try (Stream<String> lines = Files.lines(status)) {
      lines.filter(line -> line.startsWith(field + ":")).forEach(found::add);
    }
    return Long.parseLong(found.getFirst().replaceAll("\\D", "")) * 1024 / 1e6;
  }

  /** Asks it to stop as TERM does, and waits until it has. */
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
