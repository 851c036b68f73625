package io.headgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the launcher in a checkout with stub JDKs and a stub Maven that print their arguments. */
@Tag("process")
class LauncherTest {

  private static final List<String> MODULES =
      List.of("client", "engine", "processors", "server", "simulator", "cli", "bench");

  private static final Path LAUNCHER = Path.of("../headgate");
  private static final String BUILT = "target/headgate-cli.built";

  @TempDir Path folder;

  private final Map<String, String> environment = new HashMap<>();
  private Path checkout;
  private Path tools;

  @BeforeEach
  void createBuiltCheckout() throws IOException {
    folder = folder.toRealPath();
    checkout = Files.createDirectories(folder.resolve("a checkout"));
    tools = Files.createDirectories(folder.resolve("tools"));
    Files.copy(LAUNCHER, checkout.resolve("headgate"));
    Files.writeString(checkout.resolve("pom.xml"), "<project/>");
    for (String module : MODULES) {
      Files.createDirectories(checkout.resolve(module + "/src/main"));
      Files.createDirectories(checkout.resolve(module + "/target/lib"));
      Files.writeString(checkout.resolve(module + "/pom.xml"), "<project/>");
      Files.writeString(checkout.resolve(module + "/target/headgate-" + module + "-1.jar"), "");
    }
    Files.createDirectories(checkout.resolve("target"));
    for (String module : List.of("cli", "server", "simulator", "bench")) {
      Files.writeString(checkout.resolve("target/headgate-" + module + ".built"), "");
    }
    executable(tools.resolve("mvn"), "echo \"mvn $*\" >> \"" + folder + "/calls\"");
    environment.put("PATH", tools + ":/usr/bin:/bin");
    environment.put("HEADGATE_JAVA_HOME", jdk("25.0.3").toString());
  }

  @Test
  void a_command_goes_to_the_command_line_with_its_arguments_unchanged() throws Exception {
    assertThat(launch(checkout.resolve("headgate"), "list", "--name", "two words"))
        .contains("io.headgate.cli.Main", "list", "--name", "two words")
        .contains("-Dheadgate.launcher=" + checkout + "/headgate")
        .anyMatch(word -> word.endsWith("headgate-cli-1.jar:" + checkout + "/cli/target/lib/*"));
  }

  @Test
  void serve_goes_to_the_server_with_the_operators_options_last() throws Exception {
    environment.put("HEADGATE_JAVA_OPTS", "-Xmx1g -Dx=y");

    assertThat(launch(checkout.resolve("headgate"), "serve", "--port", "9"))
        .containsSubsequence(
            "-Xms64m", "-Xmx1g", "-Dx=y", "io.headgate.Main", "serve", "--port", "9");
  }

  @Test
  void simulate_goes_to_the_simulator_without_its_own_name() throws Exception {
    assertThat(launch(checkout.resolve("headgate"), "simulate", "--seed", "1"))
        .endsWith("io.headgate.simulate.Main", "--seed", "1");
  }

  @Test
  void bench_goes_to_the_bench_without_its_own_name() throws Exception {
    assertThat(launch(checkout.resolve("headgate"), "bench", "cancel"))
        .endsWith("io.headgate.bench.Main", "cancel");
  }

  @Test
  void it_finds_its_checkout_through_a_symbolic_link() throws Exception {
    Path link = Files.createSymbolicLink(tools.resolve("hg"), checkout.resolve("headgate"));

    assertThat(launch(link, "list")).contains("-Dheadgate.launcher=" + checkout + "/headgate");
  }

  @Test
  void a_newer_java_is_preferred_to_a_default_that_is_too_old() throws Exception {
    environment.remove("HEADGATE_JAVA_HOME");
    environment.put("JAVA_HOME", jdk("17.0.1").toString());
    environment.put("HOME", folder.toString());
    Path newer = jdk("26");
    Files.createDirectories(folder.resolve(".jdks"));
    Files.createSymbolicLink(folder.resolve(".jdks/26"), newer);
    Files.createSymbolicLink(tools.resolve("java"), newer.resolve("bin/java"));

    assertThat(launch(checkout.resolve("headgate"), "list")).contains("jdk 26");
  }

  @Test
  void a_configured_jdk_that_is_too_old_is_refused_with_a_message() throws Exception {
    environment.put("HEADGATE_JAVA_HOME", jdk("17.0.1").toString());

    assertThat(launch(checkout.resolve("headgate"), "list"))
        .anyMatch(line -> line.contains("is no JDK 25 or newer"));
  }

  @Test
  void a_changed_source_is_built_once_and_then_run() throws Exception {
    Files.delete(checkout.resolve(BUILT));

    List<String> first = launch(checkout.resolve("headgate"), "show", "1");
    List<String> second = launch(checkout.resolve("headgate"), "show", "2");

    assertThat(first).anyMatch(line -> line.contains("building")).endsWith("show", "1");
    assertThat(second).noneMatch(line -> line.contains("building")).endsWith("show", "2");
    assertThat(Files.readAllLines(folder.resolve("calls")))
        .singleElement()
        .asString()
        .contains("-pl client,cli", "-Dmaven.test.skip=true")
        .endsWith("package");
  }

  @Test
  void a_build_that_fails_shows_its_end_and_runs_nothing() throws Exception {
    Files.delete(checkout.resolve(BUILT));
    executable(tools.resolve("mvn"), "echo 'line 3 is wrong'; exit 1");

    assertThat(launch(checkout.resolve("headgate"), "list"))
        .contains("line 3 is wrong")
        .noneMatch(line -> line.contains("io.headgate.cli.Main"));
  }

  /** Returns the output of the launcher: its messages, then each argument of the JVM on a line. */
  private List<String> launch(Path launcher, String... arguments) throws Exception {
    List<String> command =
        Stream.concat(Stream.of(launcher.toString()), Stream.of(arguments)).toList();
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.directory(folder.toFile());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output.lines().toList();
  }

  private Path jdk(String version) throws IOException {
    Path jdk = folder.resolve("jdk-" + version);
    if (Files.notExists(jdk)) {
      Files.createDirectories(jdk.resolve("bin"));
      Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
      executable(
          jdk.resolve("bin/java"),
          "echo 'jdk " + version + "'; for word in \"$@\"; do echo \"$word\"; done");
    }
    return jdk;
  }

  private static void executable(Path path, String body) throws IOException {
    Files.writeString(path, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
