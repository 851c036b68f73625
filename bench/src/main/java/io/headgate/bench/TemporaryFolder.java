package io.headgate.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A folder that is removed when it is closed or when the process stops. */
final class TemporaryFolder implements AutoCloseable {

  private static final Duration STEP = Duration.ofMillis(200);
  private static final int STEPS = 150;

  private final Path path;
  private final Thread onExit =
      Thread.ofPlatform().name("bench-folder").unstarted(this::removeWithRetries);

  private TemporaryFolder(Path path) {
    this.path = path;
    Runtime.getRuntime().addShutdownHook(onExit);
  }

  static TemporaryFolder in(Path parent) throws IOException {
    Files.createDirectories(parent);
    return new TemporaryFolder(Files.createTempDirectory(parent, "headgate-bench-"));
  }

  Path path() {
    return path;
  }

  /** Retries, because the database in the folder stops at the same time and may still write. */
  private void removeWithRetries() {
    for (int i = 0; i < STEPS && Files.exists(path); i++) {
      try {
        remove();
      } catch (IOException | UncheckedIOException e) {
        LockSupport.parkNanos(STEP.toNanos());
      }
    }
  }

  private void remove() throws IOException {
    try (Stream<Path> paths = Files.walk(path)) {
      List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
      for (Path each : deepestFirst) {
        Files.deleteIfExists(each);
      }
    }
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(onExit);
    try {
      remove();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + path, e);
    }
  }
}
