package io.headgate.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Await;
import io.headgate.outbound.TargetCheck;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No browser process outlives its server, however the server ends. */
@Tag("browser")
@Tag("process")
class ProcessCleanupTest {

  @TempDir Path folder;

  /** Has a path that is short enough for a browser. */
  private Path temporary;

  @BeforeEach
  void makeTemporary() throws IOException {
    temporary = Files.createTempDirectory("hg");
  }

  @AfterEach
  void removeTemporary() {
    WorkDirectory.remove(temporary);
  }

  @Test
  void closing_leaves_no_process() throws Exception {
    RequiredBrowser.require();
    List<ProcessHandle> all;
    try (TargetCheck targets = new TargetCheck(true);
        Browsers browsers = Browsers.start(Browsers.BrowserSettings.defaults(folder), targets)) {
      all = browsers.visit(Visit.lasting(BrowserCase.TIME_LIMIT), _ -> processes());
      assertThat(all).hasSizeGreaterThan(2);
    }

    assertThat(all).noneMatch(ProcessCleanupTest::isRunning);
  }

  @Test
  void the_browsers_of_a_killed_server_end_and_the_next_server_removes_its_files()
      throws Exception {
    RequiredBrowser.require();
    Process server = startServer();
    List<ProcessHandle> all = server.descendants().toList();
    assertThat(all).hasSizeGreaterThan(2);

    server.destroyForcibly();

    Await.until(
        "its processes end",
        Duration.ofSeconds(10),
        () -> all.stream().noneMatch(ProcessCleanupTest::isRunning));
    Process next = startServer();
    assertThat(workDirectories()).hasSize(2); // one for the browsers, one for the driver
    next.destroyForcibly();
  }

  /** Stopped processes do not notice the end of their server. */
  @Test
  void hanging_browsers_of_a_killed_server_are_killed_by_the_next_server() throws Exception {
    RequiredBrowser.require();
    Process server = startServer();
    List<ProcessHandle> all = server.descendants().toList();
    for (ProcessHandle process : all) {
      new ProcessBuilder("kill", "-STOP", String.valueOf(process.pid())).start().waitFor();
    }
    server.destroyForcibly().waitFor();
    assertThat(all).anyMatch(ProcessCleanupTest::isRunning);

    Process next = startServer();

    Await.until(
        "its processes end",
        Duration.ofSeconds(10),
        () -> all.stream().noneMatch(ProcessCleanupTest::isRunning));
    next.destroyForcibly();
  }

  /** Starts {@link BrowserServerProcess} with temporary files in a folder of this test. */
  private Process startServer() throws IOException {
    Process server =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                BrowserServerProcess.class.getName(),
                temporary.resolve("b").toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
    assertThat(out.readLine()).isEqualTo("open");
    return server;
  }

  private List<Path> workDirectories() throws IOException {
    try (Stream<Path> all = Files.walk(temporary, 2)) {
      return all.filter(path -> path.getFileName().toString().matches("headgate-[0-9a-f]{8}"))
          .toList();
    }
  }

  private static List<ProcessHandle> processes() {
    return Processes.drivers()
        .flatMap(driver -> Stream.concat(Stream.of(driver), driver.descendants()))
        .toList();
  }

  /** A zombie counts as ended: it only waits for its parent to read its exit status. */
  private static boolean isRunning(ProcessHandle process) {
    try {
      String stat = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "stat"));
      return process.isAlive() && stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
    } catch (IOException _) {
      return false;
    }
  }
}
