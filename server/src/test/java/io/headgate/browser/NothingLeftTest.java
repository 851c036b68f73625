package io.headgate.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Await;
import io.headgate.outbound.Targets;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No browser process outlives its server, however the server ends. */
class NothingLeftTest {

  @TempDir Path folder;

  /** Has a path that is short enough for a browser. */
  private Path temporary;

  @BeforeEach
  void makeTemporary() throws IOException {
    temporary = Files.createTempDirectory("hg");
  }

  @AfterEach
  void removeTemporary() {
    Den.remove(temporary);
  }

  @Test
  void closing_leaves_no_process() throws Exception {
    BrowserAtHand.require();
    List<ProcessHandle> all;
    try (Targets targets = new Targets(true);
        Browsers browsers = Browsers.start(Browsers.Settings.usual(folder), targets)) {
      all = browsers.visit(Visit.lasting(BrowserCase.TIME), _ -> processes());
      assertThat(all).hasSizeGreaterThan(2);
    }

    assertThat(all).noneMatch(NothingLeftTest::lives);
  }

  @Test
  void a_killed_server_takes_its_browsers_with_it_and_the_next_one_its_files() throws Exception {
    BrowserAtHand.require();
    Process server = lone();
    List<ProcessHandle> all = server.descendants().toList();
    assertThat(all).hasSizeGreaterThan(2);

    server.destroyForcibly();

    Await.until(
        "its processes end",
        Duration.ofSeconds(10),
        () -> all.stream().noneMatch(NothingLeftTest::lives));
    Process next = lone();
    assertThat(dens()).hasSize(2); // one for the browsers, one for the driver
    next.destroyForcibly();
  }

  /** Stopped processes do not notice the end of their server. */
  @Test
  void browsers_that_hang_when_their_server_is_killed_are_ended_by_the_next() throws Exception {
    BrowserAtHand.require();
    Process server = lone();
    List<ProcessHandle> all = server.descendants().toList();
    for (ProcessHandle process : all) {
      new ProcessBuilder("kill", "-STOP", String.valueOf(process.pid())).start().waitFor();
    }
    server.destroyForcibly().waitFor();
    assertThat(all).anyMatch(NothingLeftTest::lives);

    Process next = lone();

    Await.until(
        "its processes end",
        Duration.ofSeconds(10),
        () -> all.stream().noneMatch(NothingLeftTest::lives));
    next.destroyForcibly();
  }

  /** Starts {@link LoneServer} with temporary files in a folder of this test. */
  private Process lone() throws IOException {
    Process server =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                LoneServer.class.getName(),
                temporary.resolve("b").toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
    assertThat(out.readLine()).isEqualTo("open");
    return server;
  }

  private List<Path> dens() throws IOException {
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
  private static boolean lives(ProcessHandle process) {
    try {
      String stat = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "stat"));
      return process.isAlive() && stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
    } catch (IOException _) {
      return false;
    }
  }
}
