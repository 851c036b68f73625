package io.headgate.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Folders for what a browser writes: its profile and temporary files, gone with it. */
final class Scratch {

  /** A socket's path has room for 108 bytes, and the browser needs half of them. */
  private static final int MAX_LENGTH = 55;

  private Scratch() {}

  /** Below {@code parent}, unless a browser could not open its socket there. */
  static Path folder(Path parent, int number) {
    Path folder = parent.toAbsolutePath().resolve("b" + number);
    try {
      return folder.toString().length() <= MAX_LENGTH
          ? folder
          : Files.createTempDirectory("headgate-b" + number + "-");
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
  static void remove(Path folder) {
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
