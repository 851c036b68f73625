package io.headgate.processor;

import java.nio.file.Path;
import java.time.Duration;

/** An attempt with as much time as the test gives it. */
public record TestAttempt(long deadlineNanos) implements Attempt {

  public static TestAttempt lasting(Duration time) {
    return new TestAttempt(System.nanoTime() + time.toNanos());
  }

  @Override
  public int number() {
    return 1;
  }

  @Override
  public Duration remaining() {
    return Duration.ofNanos(Math.max(0, deadlineNanos - System.nanoTime()));
  }

  @Override
  public void reportProgress(double ratio, String message) {}

  @Override
  public Path scratchFolder() {
    throw new UnsupportedOperationException("nothing is written here");
  }
}
