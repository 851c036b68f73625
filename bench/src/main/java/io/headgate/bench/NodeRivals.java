package io.headgate.bench;

import io.headgate.bench.Entrant.NotMeasured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The Node.js job queues and the Node.js version they require. On first use, npm installs the exact
 * versions of the lock file into a folder below {@code target}.
 */
final class NodeRivals {

  private static final Duration INSTALL = Duration.ofMinutes(10);
  private static final List<String> NPM =
      List.of("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error");

  private final Path sources;
  private final Path folder;
  private @Nullable NotMeasured lacking;
  private boolean installed;

  private NodeRivals(Path bench) {
    this.sources = bench.resolve("src/main/competitors");
    this.folder = bench.resolve("target/competitors");
  }

  static NodeRivals besides(Path launcher) {
    Path home = launcher.toAbsolutePath().getParent();
    return new NodeRivals(home == null ? Path.of("bench") : home.resolve("bench"));
  }

  Entrant pgBossByQueue() {
    return new Entrant(
        name("pg-boss") + ", by queue",
        "`deleteQueuedJobs(queue)`: one call, deletes what is queued",
        "https://pgboss.io/api/jobs",
        house ->
            NodeContender.start(
                house, command("pg-boss.mjs"), "queue", NodeContender.Left.PG_BOSS));
  }

  Entrant pgBossByIds() {
    return new Entrant(
        name("pg-boss") + ", by ids",
        "`cancel(queue, ids)` with all ids, 10,000 a call: keeps the jobs as cancelled",
        "https://pgboss.io/api/jobs",
        house ->
            NodeContender.start(house, command("pg-boss.mjs"), "ids", NodeContender.Left.PG_BOSS));
  }

  Entrant graphileWorker() {
    return new Entrant(
        name("graphile-worker"),
        "no call by task: the ids of the `jobs` view, then `permanentlyFailJobs(ids)`, 10,000 a"
            + " call",
        "https://worker.graphile.org/docs/admin-functions",
        house ->
            NodeContender.start(
                house, command("graphile-worker.mjs"), "ids", NodeContender.Left.GRAPHILE_WORKER));
  }

  /** The name with the version that npm installs, so that the tables show the measured version. */
  private String name(String dependency) {
    String version =
        JsonMapper.shared()
            .readTree(sources.resolve("package.json").toFile())
            .path("dependencies")
            .path(dependency)
            .asString();
    return dependency + " " + version;
  }

  private ProcessBuilder command(String script) throws Exception {
    install();
    return new ProcessBuilder(
            folder.resolve("node_modules/.bin/node").toString(),
            "--max-old-space-size=4096",
            script)
        .directory(folder.toFile())
        .redirectError(folder.resolve(script + ".log").toFile());
  }

  /** Installs once per run. A failure is not repeated. */
  private void install() throws Exception {
    if (lacking != null) {
      throw lacking;
    }
    if (installed) {
      return;
    }
    try {
      copySources();
      runNpm();
      installed = true;
    } catch (NotMeasured e) {
      lacking = e;
      throw e;
    }
  }

  private void copySources() throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> files = Files.list(sources)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private void runNpm() throws Exception {
    Path log = folder.resolve("npm.log");
    Process npm;
    try {
      npm =
          new ProcessBuilder(NPM)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
    } catch (IOException e) {
      throw new NotMeasured("node is not installed");
    }
    if (!npm.waitFor(INSTALL.toSeconds(), TimeUnit.SECONDS)) {
      npm.destroyForcibly();
      throw new NotMeasured("npm took longer than " + INSTALL.toMinutes() + " min to install them");
    }
    if (npm.exitValue() != 0) {
      throw new NotMeasured("npm could not install the competitors; see " + log);
    }
  }
}
