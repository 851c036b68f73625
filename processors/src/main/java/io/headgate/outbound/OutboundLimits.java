package io.headgate.outbound;

import java.time.Duration;

/**
 * The limits of one request including its redirects.
 *
 * @param total the time from the call to the last byte of the body
 * @param head the time from the start of each request to its last response header
 * @param maxBytes the size limit of each body, as sent and as decompressed; 1 to {@value
 *     #MAX_BYTES}
 * @param maxRedirects the redirects to follow, 0 to {@value #MAX_REDIRECTS}; with 0 a redirect is
 *     returned as the response
 * @param beginningOnly true when the head and the first bytes of the body are enough: a failure
 *     after the head then does not fail the request
 */
public record OutboundLimits(
    Duration total, Duration head, int maxBytes, int maxRedirects, boolean beginningOnly) {

  public static final int MAX_BYTES = 100_000_000;
  public static final int MAX_REDIRECTS = 20;
  public static final OutboundLimits DEFAULT =
      new OutboundLimits(Duration.ofSeconds(60), Duration.ofSeconds(30), 10_000_000, 5);

  public OutboundLimits(Duration total, Duration head, int maxBytes, int maxRedirects) {
    this(total, head, maxBytes, maxRedirects, false);
  }

  public OutboundLimits {
    if (maxBytes < 1 || maxBytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          "maxBytes must be between 1 and " + MAX_BYTES + "; got " + maxBytes);
    }
    if (maxRedirects < 0 || maxRedirects > MAX_REDIRECTS) {
      throw new IllegalArgumentException(
          "maxRedirects must be between 0 and " + MAX_REDIRECTS + "; got " + maxRedirects);
    }
  }

  public OutboundLimits withTotal(Duration time) {
    return new OutboundLimits(time, head, maxBytes, maxRedirects, beginningOnly);
  }

  public OutboundLimits withMaxBytes(int bytes) {
    return new OutboundLimits(total, head, bytes, maxRedirects, beginningOnly);
  }

  public OutboundLimits withMaxRedirects(int redirects) {
    return new OutboundLimits(total, head, maxBytes, redirects, beginningOnly);
  }

  public OutboundLimits withBeginningOnly() {
    return new OutboundLimits(total, head, maxBytes, maxRedirects, true);
  }
}
