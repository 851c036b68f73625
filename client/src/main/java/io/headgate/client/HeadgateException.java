package io.headgate.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The server answered, and the answer is a refusal. */
public final class HeadgateException extends RuntimeException {

  private final transient Problem problem;
  private final transient @Nullable Duration retryAfter;
  private final transient byte[] bytes;

  HeadgateException(Problem problem, @Nullable Duration retryAfter, byte[] bytes) {
    super(problem.status() + " " + problem.code() + ": " + problem.detail());
    this.problem = problem;
    this.retryAfter = retryAfter;
    this.bytes = bytes;
  }

  public Problem problem() {
    return problem;
  }

  /** How long the server asks to wait before another try; null when it does not say. */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }

  /** The problem as it came over the wire. */
  public byte[] bytes() {
    return bytes.clone();
  }
}
