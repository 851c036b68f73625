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
final class ArtifactAttempt implements Attempt {

  /** A kept artifact. */
  @SuppressWarnings("ArrayRecordComponent") // read, never compared
  record KeptArtifact(String mediaType, byte[] bytes) {}

  private final long deadline;
  private final Path scratch;
  private final Map<String, KeptArtifact> artifact = new LinkedHashMap<>();

  ArtifactAttempt(Duration timeLimit) {
    try {
      deadline = System.nanoTime() + timeLimit.toNanos();
      scratch = Files.createTempDirectory(Path.of("target"), "attempt");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  KeptArtifact artifact(String name) {
    return Objects.requireNonNull(artifact.get(name), name);
  }

  Map<String, KeptArtifact> artifacts() {
    return artifact;
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
  public void reportProgress(double ratio, String message) {}

  @Override
  public Path scratchFolder() {
    return scratch;
  }

  @Override
  public void storeArtifact(String name, String mediaType, Path file) throws IOException {
    artifact.put(name, new KeptArtifact(mediaType, Files.readAllBytes(file)));
  }
}
