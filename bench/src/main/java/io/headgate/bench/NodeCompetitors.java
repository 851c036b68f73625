package io.headgate.bench;

import io.headgate.bench.CancelMethod.NotMeasuredException;
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
final class NodeCompetitors {

  private static final Duration INSTALL_TIMEOUT = Duration.ofMinutes(10);
  private static final List<String> NPM =
      List.of("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error");

  private final Path sources;
  private final Path folder;
  private @Nullable NotMeasuredException installFailure;
  private boolean installed;

  private NodeCompetitors(Path bench) {
    this.sources = bench.resolve("src/main/competitors");
    this.folder = bench.resolve("target/competitors");
  }

  static NodeCompetitors besideLauncher(Path launcher) {
    Path home = launcher.toAbsolutePath().getParent();
    return new NodeCompetitors(home == null ? Path.of("bench") : home.resolve("bench"));
  }

  CancelMethod pgBossByQueue() {
    return new CancelMethod(
        name("pg-boss") + ", by queue",
        "`deleteQueuedJobs(queue)`: one call, deletes what is queued",
        "https://pgboss.io/api/jobs",
        server ->
            NodeCompetitor.start(
                server, command("pg-boss.mjs"), "queue", NodeCompetitor.FinalStateQuery.PG_BOSS));
  }

  CancelMethod pgBossByIds() {
    return new CancelMethod(
        name("pg-boss") + ", by ids",
        "`cancel(queue, ids)` with all ids, 10,000 a call: keeps the jobs as cancelled",
        "https://pgboss.io/api/jobs",
        server ->
            NodeCompetitor.start(
                server, command("pg-boss.mjs"), "ids", NodeCompetitor.FinalStateQuery.PG_BOSS));
  }

  CancelMethod graphileWorker() {
    return new CancelMethod(
        name("graphile-worker"),
        "no call by task: the ids of the `jobs` view, then `permanentlyFailJobs(ids)`, 10,000 a"
            + " call",
        "https://worker.graphile.org/docs/admin-functions",
        server ->
            NodeCompetitor.start(
                server,
                command("graphile-worker.mjs"),
                "ids",
                NodeCompetitor.FinalStateQuery.GRAPHILE_WORKER));
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
    if (installFailure != null) {
      throw installFailure;
    }
    if (installed) {
      return;
    }
    try {
      copySources();
      runNpm();
      installed = true;
    } catch (NotMeasuredException e) {
      installFailure = e;
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
      throw new NotMeasuredException("node is not installed");
    }
    if (!npm.waitFor(INSTALL_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
      npm.destroyForcibly();
      throw new NotMeasuredException(
          "npm took longer than " + INSTALL_TIMEOUT.toMinutes() + " min to install them");
    }
    if (npm.exitValue() != 0) {
      throw new NotMeasuredException("npm could not install the competitors; see " + log);
    }
  }
}
