package io.headgate.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.outbound.Targets;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No process outlives its server, however that ends. */
class NothingLeftTest {

  @TempDir Path folder;

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
  void a_killed_server_takes_its_browsers_with_it() throws Exception {
    BrowserAtHand.require();
    Process server =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.headgate.browser.LoneServer",
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
    assertThat(out.readLine()).isEqualTo("open");
    List<ProcessHandle> all = server.descendants().toList();
    assertThat(all).hasSizeGreaterThan(2);

    server.destroyForcibly();

    for (int i = 0; i < 100 && all.stream().anyMatch(NothingLeftTest::lives); i++) {
      assertThat(new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS)).isFalse();
    }
    assertThat(all).noneMatch(NothingLeftTest::lives);
  }

  private static List<ProcessHandle> processes() {
    return Processes.drivers()
        .flatMap(driver ->
            java.util.stream.Stream.concat(
                java.util.stream.Stream.of(driver), driver.descendants()))
        .toList();
  }

  /** A zombie does not: it only waits for a process 1 that cares. */
  private static boolean lives(ProcessHandle process) {
    try {
      String stat = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "stat"));
      return process.isAlive() && stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
    } catch (IOException _) {
      return false;
    }
  }
}
