package io.headgate.db;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded PostgreSQL: a process of its own on a loopback port, with its files in one folder. A
 * commit is on the disk when it returns, so it survives a loss of power. Only users who can read
 * the folder can connect.
 */
public final class LocalPostgres implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(LocalPostgres.class);
  private static final Duration STOP_WAIT = Duration.ofSeconds(30);

  private final Path folder;
  private final EmbeddedPostgres postgres;
  private final String password;
  private final LogSegments logSegments;

  private LocalPostgres(Path folder, EmbeddedPostgres postgres, String password, Path data) {
    this.folder = folder;
    this.postgres = postgres;
    this.password = password;
    this.logSegments = new LogSegments(address("postgres", 1), data, LogSegments.FREE_DISK_BYTES);
  }

  /**
   * Starts PostgreSQL on {@code folder}, which is created on the first start. Stops a PostgreSQL
   * that a killed server left running there. Sets a password where the database had none, or where
   * the file with the password is gone. A shutdown hook stops PostgreSQL when this process ends.
   *
   * @throws UncheckedIOException when PostgreSQL does not start
   */
  public static LocalPostgres start(Path folder) {
    return start(folder, true);
  }

  /**
   * As {@link #start}, without the shutdown hook: the caller still writes while the process ends,
   * and closes PostgreSQL afterwards. Creates the segments of its log in the background.
   */
  public static LocalPostgres startUntilClosed(Path folder) {
    LocalPostgres started = start(folder, false);
    started.logSegments.start();
    return started;
  }

  private static LocalPostgres start(Path folder, boolean endsWithProcess) {
    try {
      Files.createDirectories(folder);
      Path data = folder.resolve("data").toAbsolutePath();
      stopLeftover(data);
      LocalPostgresLogin login = LocalPostgresLogin.of(folder, data);
      EmbeddedPostgres postgres =
          login.prepare(builder(folder, data)).setRegisterShutdownHook(endsWithProcess).start();
      try {
        login.requirePassword(postgres.getPort());
      } catch (SQLException e) {
        postgres.close();
        throw new IOException("PostgreSQL in " + folder + " did not accept the new password", e);
      }
      return new LocalPostgres(folder, postgres, login.password(), data);
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL did not start in " + folder, e);
    }
  }

  private static EmbeddedPostgres.Builder builder(Path folder, Path data) {
    // The library is meant for tests and switches durability off. The sizes fit one small machine
    // that also runs the server.
    return EmbeddedPostgres.builder()
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setOverrideWorkingDirectory(folder.resolve("binaries").toFile())
        .setPGStartupWait(Duration.ofSeconds(60))
        .setOutputRedirector(log(folder))
        .setErrorRedirector(log(folder))
        .setServerConfig("unix_socket_directories", "")
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("full_page_writes", "on")
        .setServerConfig("shared_buffers", "256MB")
        .setServerConfig("max_connections", "200")
        .setServerConfig("max_wal_size", "4GB")
        // A new log segment is filled with zeros while every commit waits: keep enough to be used
        // again.
        .setServerConfig("min_wal_size", "1GB")
        .setServerConfig("checkpoint_timeout", "15min")
        .setServerConfig("autovacuum_naptime", "10s")
        .setServerConfig("jit", "off");
  }

  private static ProcessBuilder.Redirect log(Path folder) {
    return ProcessBuilder.Redirect.appendTo(folder.resolve("postgresql.log").toFile());
  }

  private static void stopLeftover(Path data) throws IOException {
    Optional<ProcessHandle> leftover = leftover(data);
    if (leftover.isEmpty()) {
      return;
    }
    log.info(
        "stopping the PostgreSQL that an earlier server left running, pid {}",
        leftover.get().pid());
    leftover.get().destroy();
    try {
      leftover.get().onExit().get(STOP_WAIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the earlier PostgreSQL stopped", e);
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      throw new IOException(
          "PostgreSQL " + leftover.get().pid() + " on " + data + " does not stop", e);
    }
  }

  private static Optional<ProcessHandle> leftover(Path data) throws IOException {
    Path file = data.resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(file);
    return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
        .filter(ProcessHandle::isAlive)
        .filter(p -> p.info().command().map(c -> c.contains("postgres")).orElse(false));
  }

  /** The address of a database of this PostgreSQL. {@code postgres} always exists. */
  public Database.DatabaseAddress address(String database, int connections) {
    return new Database.DatabaseAddress(
        "jdbc:postgresql://localhost:" + postgres.getPort() + "/" + database,
        LocalPostgresLogin.USER,
        password,
        connections,
        "in " + folder);
  }

  /**
   * Creates the segments of the log now, as a database has them that has run for a while. It takes
   * some seconds.
   */
  public void createLogSegments() throws SQLException, IOException {
    logSegments.createAll();
  }

  @Override
  public void close() {
    logSegments.close();
    try {
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
