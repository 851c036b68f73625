package io.headgate.processor.render;

import io.headgate.processor.Attempt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** An attempt that keeps its artifacts in memory. */
final class KeepingAttempt implements Attempt {

  /** A kept artifact. */
  @SuppressWarnings("ArrayRecordComponent") // read, never compared
  record Kept(String mediaType, byte[] bytes) {}

  private final long deadline;
  private final Path scratch;
  private final Map<String, Kept> kept = new LinkedHashMap<>();

  KeepingAttempt(Duration time) {
    try {
      deadline = System.nanoTime() + time.toNanos();
      scratch = Files.createTempDirectory(Path.of("target"), "attempt");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  Kept kept(String name) {
    return Objects.requireNonNull(kept.get(name), name);
  }

  Map<String, Kept> all() {
    return kept;
  }

  @Override
  public int number() {
    return 1;
  }

  @Override
  public Duration remaining() {
    return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
  }

  @Override
  public void progress(double ratio, String message) {}

  @Override
  public Path scratch() {
    return scratch;
  }

  @Override
  public void keep(String name, String mediaType, Path file) throws IOException {
    kept.put(name, new Kept(mediaType, Files.readAllBytes(file)));
  }
}
