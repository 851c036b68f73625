package io.headgate.faults;

import io.headgate.http.TestClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own that a test can kill, suspend and stop. */
final class ServerProcess implements AutoCloseable {

  static final String READY = "chronicle server ready on port ";

  /**
   * The folder and configuration of servers that share them.
   *
   * @param folder of the data, the history and the log
   * @param environment configuration besides the data folder
   */
  record ServerSetup(Path folder, Map<String, String> environment) {

    Path history() {
      return folder.resolve("history.txt");
    }

    Path data() {
      return folder.resolve("data");
    }
  }

  private final Process process;
  private final BufferedReader output;
  private final ServerSetup setup;
  private int port;

  private ServerProcess(ServerSetup setup) throws IOException {
    this.setup = setup;
    ProcessBuilder builder = new ProcessBuilder(command(setup.history()));
    builder
        .environment()
        .putAll(
            Map.of(
                "HEADGATE_DATA", setup.data().toString(),
                "HEADGATE_PORT", "0",
                "HEADGATE_LEASE_SECONDS", "2",
                "HEADGATE_SLOTS", "8"));
    builder.environment().putAll(setup.environment());
    builder.redirectError(
        ProcessBuilder.Redirect.appendTo(setup.folder().resolve("server.log").toFile()));
    this.process = builder.start();
    this.output = process.inputReader();
  }

  private static List<String> command(Path history) {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx256m",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "--enable-native-access=ALL-UNNAMED",
        "-Djdk.virtualThreadScheduler.parallelism=16",
        "-cp",
        classPath,
        RecordingServer.class.getName(),
        history.toString());
  }

  /** Starts servers concurrently and waits until all of them are ready. */
  static List<ServerProcess> start(ServerSetup setup, int servers) {
    try {
      Files.createDirectories(setup.folder());
      List<ServerProcess> started = new ArrayList<>();
      for (int i = 0; i < servers; i++) {
        started.add(new ServerProcess(setup));
      }
      for (ServerProcess server : started) {
        server.awaitReady();
      }
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ServerProcess start(ServerSetup setup) {
    return start(setup, 1).getFirst();
  }

  private void awaitReady() throws IOException {
    List<String> before = new ArrayList<>();
    String line;
    while ((line = output.readLine()) != null) {
      before.add(line);
      if (line.startsWith(READY)) {
        port = Integer.parseInt(line.substring(READY.length()));
        Thread.ofVirtual().start(this::drainOutput);
        return;
      }
    }
    throw new IllegalStateException("the server did not start: " + before);
  }

  /** A full pipe would block the server. */
  private void drainOutput() {
    try {
      output.transferTo(java.io.Writer.nullWriter());
    } catch (IOException e) {
      // The process was killed.
    }
  }

  TestClient client() {
    try {
      return new TestClient(port, Files.readString(setup.data().resolve("admin.key")).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long pid() {
    return process.pid();
  }

  /** Sends SIGKILL; returns when the process has ended. */
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Sends SIGTERM; returns when the process has ended. */
  void terminate() {
    process.destroy();
    awaitEnd();
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("process " + process.pid() + " does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Sends SIGSTOP, which suspends the process. */
  void suspend() {
    signal("STOP");
  }

  /** Sends SIGCONT, which resumes the process. */
  void resume() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      int exit =
          new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
      if (exit != 0) {
        throw new IllegalStateException("kill -" + name + " failed with " + exit);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    kill();
  }
}
