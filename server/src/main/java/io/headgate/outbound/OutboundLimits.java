package io.headgate.outbound;

import java.time.Duration;

/**
 * What bounds one request with all its redirects.
 *
 * @param total from the call to the last byte of the body
 * @param head from the start of a hop to its last response header
 * @param maxBytes of each body, as sent and as decompressed
 * @param maxRedirects followed; 0 hands a redirect back as the response
 * @param beginning true for those to whom the head says it all: of the body they get what came, and
 *     nothing that befalls it after the head makes a failure of the answer
 */
public record OutboundLimits(
    Duration total, Duration head, int maxBytes, int maxRedirects, boolean beginning) {

  public static final int MAX_BYTES = 100_000_000;
  public static final int MAX_REDIRECTS = 20;
  public static final OutboundLimits DEFAULT =
      new OutboundLimits(Duration.ofSeconds(60), Duration.ofSeconds(30), 10_000_000, 5);

  public OutboundLimits(Duration total, Duration head, int maxBytes, int maxRedirects) {
    this(total, head, maxBytes, maxRedirects, false);
  }

  public OutboundLimits {
    if (maxBytes < 1 || maxBytes > MAX_BYTES) {
      throw new IllegalArgumentException("max bytes must be 1 to " + MAX_BYTES);
    }
    if (maxRedirects < 0 || maxRedirects > MAX_REDIRECTS) {
      throw new IllegalArgumentException("max redirects must be 0 to " + MAX_REDIRECTS);
    }
  }

  public OutboundLimits withTotal(Duration time) {
    return new OutboundLimits(time, head, maxBytes, maxRedirects, beginning);
  }

  public OutboundLimits withMaxBytes(int bytes) {
    return new OutboundLimits(total, head, bytes, maxRedirects, beginning);
  }

  public OutboundLimits withMaxRedirects(int redirects) {
    return new OutboundLimits(total, head, maxBytes, redirects, beginning);
  }

  public OutboundLimits withBeginningOnly() {
    return new OutboundLimits(total, head, maxBytes, maxRedirects, true);
  }
}
