package io.headgate;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.headgate.db.Database;
import io.headgate.db.TestPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands of the server, each in its own process. */
@Tag("process")
class MainTest {

  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>();

  private record ExitedProcess(int status, String out, String err) {}

  @Test
  void check_accepts_a_valid_configuration() throws Exception {
    Path file = Files.writeString(folder.resolve("headgate.yaml"), "port: 9000\nslots: 8\n");

    ExitedProcess exited = run("check", "--config", file.toString());

    assertThat(exited.status()).isZero();
    assertThat(exited.out()).isEqualTo("the configuration is valid\n");
  }

  @Test
  void check_reports_an_unknown_key_and_the_most_similar_one() throws Exception {
    Path file = Files.writeString(folder.resolve("headgate.yaml"), "prot: 9000\n");

    ExitedProcess exited = run("check", "--config", file.toString());

    assertThat(exited.status()).isEqualTo(2);
    assertThat(exited.err()).contains("headgate: unknown key 'prot', did you mean 'port'?\n");
  }

  @Test
  void serve_does_not_start_with_invalid_values_and_reports_all_of_them() throws Exception {
    Path data = folder.resolve("data");

    ExitedProcess exited =
        run(
            "serve",
            "--port",
            "eighty",
            "--database-url",
            "mysql://h/x",
            "--data",
            data.toString());

    assertThat(exited.status()).isEqualTo(2);
    assertThat(exited.err())
        .contains("headgate: `port` must be a whole number between 0 and 65,535; got eighty.\n")
        .contains("headgate: `database_url` must have the form postgresql://");
    assertThat(data).doesNotExist();
  }

  @Test
  void a_failed_start_reports_its_reason() throws Exception {
    Path file = Files.writeString(folder.resolve("taken"), "no folder");

    ExitedProcess exited = run("serve", "--data", file.toString(), "--port", "0");

    assertThat(exited.status()).isEqualTo(1);
    assertThat(exited.err())
        .contains("headgate: did not start: PostgreSQL did not start in " + file)
        .contains("Not a directory")
        .doesNotContain("Exception");
  }

  @ParameterizedTest
  @ValueSource(strings = {"serve", "migrate"})
  void a_database_of_an_earlier_build_is_refused_with_one_line(String command) throws Exception {
    try (Database database = TestPostgres.database()) {
      database.useTransaction(
          tx -> tx.update("update flyway_schema_history set checksum = checksum + 1").execute());
      environment.put("HEADGATE_DATABASE_URL", LiveServer.url(database));
      environment.put("HEADGATE_DATABASE_CONNECTIONS", "6");
      environment.put("HEADGATE_DATA", folder.resolve("data").toString());
      environment.put("HEADGATE_PORT", "0");

      ExitedProcess exited = run(command);

      assertThat(exited.status()).isEqualTo(1);
      assertThat(exited.err().lines().filter(line -> !line.contains(" INFO ")))
          .singleElement(as(STRING))
          .startsWith("headgate: did not start: The database at postgresql://localhost:")
          .endsWith(
              " was created by an earlier build of Headgate, whose schema cannot be upgraded; start"
                  + " with an empty data folder or database.");
    }
  }

  @Test
  void check_reports_an_unknown_variable_and_the_most_similar_one() throws Exception {
    environment.put("HEADGATE_ALOW_PRIVATE_TARGETS", "true");

    ExitedProcess exited = run("check");

    assertThat(exited.status()).isEqualTo(2);
    assertThat(exited.err()).contains("did you mean 'HEADGATE_ALLOW_PRIVATE_TARGETS'?\n");
  }

  @Test
  void the_web_server_logs_to_the_configured_appender() throws Exception {
    Path logging =
        Files.writeString(
            folder.resolve("logback.xml"),
            """
            <configuration>
              <appender name="err" class="ch.qos.logback.core.ConsoleAppender">
                <target>System.err</target>
                <encoder><pattern>captured: %logger{0} %msg%n</pattern></encoder>
              </appender>
              <root level="INFO"><appender-ref ref="err" /></root>
            </configuration>
            """);
    try (Database database = TestPostgres.database()) {
      environment.put("HEADGATE_DATABASE_URL", LiveServer.url(database));
      environment.put("HEADGATE_DATABASE_CONNECTIONS", "6");
      environment.put("HEADGATE_DATA", folder.resolve("data").toString());
      environment.put("HEADGATE_PORT", "0");
      environment.put("JAVA_TOOL_OPTIONS", "-Dlogback.configurationFile=" + logging);
      Process process = start("serve");
      try (BufferedReader output = process.inputReader()) {
        assertThat(output.lines().anyMatch(line -> line.startsWith("headgate ready on "))).isTrue();
      } finally {
        process.destroyForcibly().waitFor();
      }
    }

    assertThat(Files.readAllLines(folder.resolve("err")))
        .anyMatch(line -> line.startsWith("captured: ServerListener "))
        .noneMatch(line -> line.startsWith("INFO: "));
  }

  @Test
  void a_stopping_server_closes_its_connections_before_postgresql_stops() throws Exception {
    environment.put("HEADGATE_DATA", folder.resolve("data").toString());
    environment.put("HEADGATE_PORT", "0");
    environment.put("HEADGATE_ALLOW_PRIVATE_TARGETS", "true");
    environment.put("HEADGATE_DRAIN_SECONDS", "3");
    Process process = start("serve");
    try (BufferedReader output = process.inputReader();
        ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      String ready =
          output
              .lines()
              .filter(line -> line.startsWith("headgate ready on "))
              .findFirst()
              .orElse("");
      submit(ready.substring("headgate ready on ".length()), silent.getLocalPort());
      try (Socket item = silent.accept()) {
        assertThat(item.getInputStream().read()).isEqualTo('G');
        process.destroy();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      }
    } finally {
      process.destroyForcibly().waitFor();
    }

    assertThat(Files.readAllLines(folder.resolve("err")))
        .noneMatch(line -> line.contains(" WARN ") || line.contains(" ERROR "));
    assertThat(folder.resolve("data/postgresql/data/postmaster.pid")).doesNotExist();
  }

  @Test
  void a_server_stopped_during_its_start_leaves_no_postgresql_running() throws Exception {
    Path pid = folder.resolve("data/postgresql/data/postmaster.pid");
    environment.put("HEADGATE_DATA", folder.resolve("data").toString());
    environment.put("HEADGATE_PORT", "0");
    Process process = start("serve");
    try {
      Await.until("its PostgreSQL runs", Duration.ofMinutes(1), () -> Files.exists(pid));
      process.destroy();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly().waitFor();
    }

    assertThat(pid).doesNotExist();
  }

  /** Submits a batch of one page, which never responds. */
  private void submit(String server, int port) throws IOException, InterruptedException {
    String batch =
        "{\"processor\":\"scrape\",\"items\":[{\"input\":\"http://127.0.0.1:" + port + "/\"}]}";
    String key = Files.readString(folder.resolve("data/admin.key")).strip();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(server + "/v1/batches"))
              .header("Authorization", "Bearer " + key)
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(batch))
              .build();
      assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(202);
    }
  }

  private ExitedProcess run(String... arguments) throws IOException, InterruptedException {
    Process process = start(arguments);
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new ExitedProcess(process.waitFor(), out, Files.readString(folder.resolve("err")));
  }

  private Process start(String... arguments) throws IOException {
    List<String> command =
        Stream.concat(
                Stream.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    "io.headgate.Main"),
                Stream.of(arguments))
            .toList();
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(folder.resolve("err").toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("HEADGATE_"));
    builder.environment().putAll(environment);
    return builder.start();
  }
}
