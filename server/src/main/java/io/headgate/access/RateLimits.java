package io.headgate.access;

/**
 * Rate limits of one node.
 *
 * @param requestsPerMinute per API key; 0 for no limit
 * @param wrongKeysPerMinute per client address; 0 for no limit
 */
public record RateLimits(int requestsPerMinute, int wrongKeysPerMinute) {

  public static final RateLimits DEFAULT = new RateLimits(6_000, 120);

  public RateLimits {
    if (requestsPerMinute < 0 || wrongKeysPerMinute < 0) {
      throw new IllegalArgumentException(
          "A rate limit must be 0 or more; got %d requests and %d wrong keys per minute."
              .formatted(requestsPerMinute, wrongKeysPerMinute));
    }
  }
}
