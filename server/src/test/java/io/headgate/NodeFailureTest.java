package io.headgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.api.OpenApi;
import io.headgate.config.Config;
import io.headgate.config.ConfigKey;
import io.headgate.db.Database;
import io.headgate.db.TestPostgres;
import io.headgate.http.TestClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A node that fails reports it, ends its process, and another node rescues its items. */
@Tag("process")
class NodeFailureTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  private final Database database = TestPostgres.database();
  private final List<Process> processes = new ArrayList<>();
  private Path folder;

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createTempDirectory(Path.of("target"), "failing").toAbsolutePath();
  }

  @AfterEach
  void close() {
    processes.forEach(Process::destroyForcibly);
    database.close();
  }

  private TestClient client(int port) {
    try {
      String key = Files.readString(folder.resolve("admin.key")).strip();
      return new TestClient(port, key, OpenApi::check);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void an_error_in_a_loop_fails_the_node_but_not_the_program_around_it() {
    AtomicBoolean broken = new AtomicBoolean();
    List<String> reactions = new CopyOnWriteArrayList<>();
    BreakableProcessor processor =
        new BreakableProcessor(BreakableProcessor.Kind.LOOP, broken::get);
    Map<ConfigKey, String> given =
        Map.of(
            ConfigKey.PORT,
            "0",
            ConfigKey.DATA,
            folder.toString(),
            ConfigKey.DATABASE_URL,
            LiveServer.url(database),
            ConfigKey.DRAIN_SECONDS,
            "60");
    try (Server server =
        Server.start(
            Config.of(given),
            List.of(processor),
            (part, cause) -> reactions.add(part + " " + cause))) {
      TestClient client = client(server.port());
      assertThat(client.get("/readyz").json().at("/loops/0/name").asString()).isNotEmpty();
      broken.set(true);
      Await.until("the node has failed", LONG, () -> client.get("/readyz").status() == 503);
      assertThat(client.get("/readyz").json().path("detail").asString())
          .isEqualTo("This node has failed and is ending.");
      assertThat(client.get("/metrics").text())
          .contains("headgate_node_failed 1.0", "headgate_loop_rounds_total{loop=");
      assertThat(reactions)
          .containsExactly("headgate-exchange java.lang.StackOverflowError: on purpose");
      broken.set(false); // requests ask for the processor too
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"LOOP", "HEAP"})
  void a_process_whose_node_has_failed_ends_with_its_code_and_another_node_takes_over(
      BreakableProcessor.Kind kind) throws Exception {
    Path signal = folder.resolve("break");
    Process first = start(kind, signal);
    TestClient client = client(port(first));
    String batch = LiveServer.submit(client, "breakable", 3, "");
    Await.until(
        "the items run",
        LONG,
        () -> client.get("/v1/batches/" + batch).json().at("/counts/running").asInt() == 3);
    int other = port(start(BreakableProcessor.Kind.NONE, signal));

    Files.createFile(signal);

    assertThat(first.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(first.exitValue()).isEqualTo(ProcessExit.NODE_FAILED);
    assertThat(LiveServer.awaitEnd(client(other), batch)).isEqualTo("completed");
    assertThat(LiveServer.violations(database)).isEmpty();
  }

  private Process start(BreakableProcessor.Kind kind, Path signal) throws IOException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx96m",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            classPath,
            ServeBreakable.class.getName(),
            kind.name(),
            signal.toString());
    builder
        .environment()
        .putAll(
            Map.of(
                "HEADGATE_DATA", folder.toString(),
                "HEADGATE_DATABASE_URL", LiveServer.url(database),
                "HEADGATE_PORT", "0",
                "HEADGATE_LEASE_SECONDS", "2",
                "HEADGATE_SLOTS", "4"));
    builder.redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("server.log").toFile()));
    Process process = builder.start();
    processes.add(process);
    return process;
  }

  private static int port(Process process) throws IOException {
    BufferedReader output = process.inputReader();
    String line;
    while ((line = output.readLine()) != null) {
      if (line.startsWith(ServeBreakable.READY)) {
        return Integer.parseInt(line.substring(ServeBreakable.READY.length()));
      }
    }
    throw new IllegalStateException("the server did not start");
  }
}
