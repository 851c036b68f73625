package io.headgate.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of what browsers write: profiles and temporary files. One for the whole process: the
 * driver library keeps the environment of the first driver for all that follow.
 */
final class Scratch {

  /** A socket's path has room for 108 bytes, and the browser needs half of them. */
  private static final int MAX_LENGTH = 55;

  private static @Nullable Path folder;
  private static int users;

  private Scratch() {}

  /** The folder, which is {@code wanted} for the first who asks, unless that is too long a path. */
  static synchronized Path enter(Path wanted) {
    if (folder == null) {
      folder = shortEnough(wanted.toAbsolutePath());
    }
    if (users++ == 0) {
      remove(folder);
    }
    return folder;
  }

  /** The last one out removes it. */
  static synchronized void leave() {
    if (--users == 0 && folder != null) {
      remove(folder);
    }
  }

  private static Path shortEnough(Path wanted) {
    try {
      return wanted.toString().length() <= MAX_LENGTH
          ? wanted
          : Files.createTempDirectory("headgate-browser-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void make(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes what can be removed: a process just killed may still hold something for a moment. */
  private static void remove(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException _) {
      // the next start of the server finds it
    }
  }
}
