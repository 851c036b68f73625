package io.headgate.access;

/**
 * How often one may ask, per node.
 *
 * @param requestsPerMinute of one key; 0 for no limit
 * @param wrongKeysPerMinute from one address; 0 for no limit
 */
public record RateLimits(int requestsPerMinute, int wrongKeysPerMinute) {

  public static final RateLimits DEFAULT = new RateLimits(6_000, 120);

  public RateLimits {
    if (requestsPerMinute < 0 || wrongKeysPerMinute < 0) {
      throw new IllegalArgumentException("a rate limit must not be negative");
    }
  }
}
