package io.headgate.faults;

import io.headgate.Await;
import io.headgate.db.Database;
import io.headgate.db.LocalPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A PostgreSQL that a test can kill and start again, independent of any server process. It is
 * durable and keeps its port. It uses the newest version installed in the location of Debian, or
 * the embedded binaries.
 */
final class ExternalPostgres implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Path INSTALLED = Path.of("/usr/lib/postgresql");

  private final Path folder;
  private final Path binaries;
  private final int port;
  private Optional<Process> running = Optional.empty();

  private ExternalPostgres(Path folder, int port) {
    this.folder = folder;
    this.binaries = installed().orElseGet(() -> embedded(folder));
    this.port = port;
  }

  /**
   * Creates a database cluster and starts it.
   *
   * @param folder the folder of its tables
   * @param log the folder of its write-ahead log; must not exist
   */
  static ExternalPostgres start(Path folder, Path log) {
    try {
      Files.createDirectories(folder);
      ExternalPostgres postgres = new ExternalPostgres(folder, freePort());
      postgres.initialize(log);
      postgres.start();
      return postgres;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Optional<Path> installed() {
    if (!Files.isDirectory(INSTALLED)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(INSTALLED)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.comparingInt(bin -> Integer.parseInt(bin.getName(3).toString())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path embedded(Path folder) {
    Path binaries = folder.resolveSibling(folder.getFileName() + "-binaries");
    LocalPostgres.start(binaries).close();
    try (Stream<Path> files = Files.walk(binaries)) {
      Path initdb = files.filter(file -> file.endsWith("bin/initdb")).findFirst().orElseThrow();
      return initdb.resolveSibling("");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** PostgreSQL refuses to run as root; in a user namespace, root becomes an ordinary user. */
  private Process run(String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if ("root".equals(System.getProperty("user.name"))) {
      command.addAll(List.of("unshare", "-U"));
    }
    command.add(binaries.resolve(program).toString());
    command.addAll(List.of(arguments));
    ProcessBuilder.Redirect log =
        ProcessBuilder.Redirect.appendTo(folder.resolveSibling("postgresql.log").toFile());
    return new ProcessBuilder(command).redirectOutput(log).redirectError(log).start();
  }

  private Path data() {
    return folder.resolve("data");
  }

  private void initialize(Path log) throws IOException {
    List<String> options = List.of("-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync");
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of("-D", data().toString(), "-X", log.toAbsolutePath().toString()));
    int exit = run("initdb", all.toArray(String[]::new)).onExit().join().exitValue();
    if (exit != 0) {
      throw new IOException("initdb ended with " + exit);
    }
    String settings =
        """
        port = %d
        listen_addresses = '127.0.0.1'
        unix_socket_directories = ''
        fsync = on
        synchronous_commit = on
        full_page_writes = on
        max_connections = 150
        shared_buffers = 64MB
        """
            .formatted(port);
    Files.writeString(data().resolve("postgresql.conf"), settings, StandardOpenOption.APPEND);
  }

  /** Starts PostgreSQL, also after a kill; returns when it accepts connections. */
  void start() {
    try {
      Process started = run("postgres", "-D", data().toString());
      running = Optional.of(started);
      Await.until("PostgreSQL accepts connections", TIMEOUT, () -> acceptsConnections(started));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean acceptsConnections(Process started) {
    if (!started.isAlive()) {
      throw new IllegalStateException("PostgreSQL has ended with " + started.exitValue());
    }
    Database.DatabaseAddress address = address("test", 1);
    try (var connection =
        DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password())) {
      return connection.isValid(1);
    } catch (SQLException e) {
      return false;
    }
  }

  /** Sends SIGKILL to all its processes; returns when all have ended. */
  void kill() {
    running.ifPresent(process -> {
      List<ProcessHandle> all = new ArrayList<>(List.of(process.toHandle()));
      process.descendants().forEach(all::add);
      all.forEach(ProcessHandle::destroyForcibly);
      Await.until(
          "PostgreSQL has ended", TIMEOUT, () -> all.stream().noneMatch(ProcessHandle::isAlive));
    });
    running = Optional.empty();
  }

  boolean isRunning() {
    return running.map(Process::isAlive).orElse(false);
  }

  /**
   * @param applicationName the application name of its connections
   */
  Database.DatabaseAddress address(String applicationName, int connections) {
    return new Database.DatabaseAddress(
        "jdbc:postgresql://127.0.0.1:%d/postgres?ApplicationName=%s"
            .formatted(port, applicationName),
        "postgres",
        "postgres",
        connections);
  }

  /** The URL in the form of the configuration. */
  String url() {
    return "postgresql://postgres:postgres@127.0.0.1:" + port + "/postgres";
  }

  @Override
  public void close() {
    kill();
  }
}
