package io.headgate.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The server refused a call. {@link #problem} has the reason.
 *
 * <p>A response that does not come from Headgate, for example from a proxy, is reported as a
 * problem with the code {@code unexpected-answer}.
 */
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

  /** The problem document of the response. */
  public Problem problem() {
    return problem;
  }

  /** How long to wait before the next try; null when the response has no {@code Retry-After}. */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }

  /** A copy of the response body exactly as it was received. */
  public byte[] bytes() {
    return bytes.clone();
  }
}
