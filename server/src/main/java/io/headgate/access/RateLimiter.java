package io.headgate.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Token buckets by name, each refilled evenly over a minute. A bucket that was not used for a
 * minute is full, so it need not be kept. When more than {@link #MAX_NAMES} names are used within a
 * minute, the least used buckets are dropped and start full again. Safe for use by several threads.
 */
final class RateLimiter {

  /**
   * The result of one request.
   *
   * @param remaining how many more are allowed now
   * @param waitNanos until one more is allowed; 0 when this one was
   */
  record RateDecision(boolean allowed, int perMinute, long remaining, long waitNanos) {

    long retryAfterSeconds() {
      return Math.max(1, (waitNanos + 999_999_999L) / 1_000_000_000L);
    }

    /** Seconds until the bucket is full again. */
    long resetSeconds() {
      return (60 * (perMinute - remaining) + perMinute - 1) / perMinute;
    }
  }

  private static final int MAX_NAMES = 100_000;
  private static final Duration REFILL = Duration.ofMinutes(1);

  private final int perMinute;
  private final Cache<String, Bucket> buckets =
      Caffeine.newBuilder().maximumSize(MAX_NAMES).expireAfterAccess(REFILL).build();

  RateLimiter(int perMinute) {
    this.perMinute = perMinute;
  }

  /** Takes one token; returns null when there is no limit. */
  @Nullable RateDecision tryAcquire(String name) {
    if (perMinute == 0) {
      return null;
    }
    ConsumptionProbe probe = bucket(name).tryConsumeAndReturnRemaining(1);
    return new RateDecision(
        probe.isConsumed(), perMinute, probe.getRemainingTokens(), probe.getNanosToWaitForRefill());
  }

  /** Returns true when the next {@link #tryAcquire} would be refused. */
  boolean isExhausted(String name) {
    return perMinute > 0 && bucket(name).getAvailableTokens() <= 0;
  }

  private Bucket bucket(String name) {
    return buckets.get(
        name,
        fresh ->
            Bucket.builder()
                .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, REFILL))
                .build());
  }
}
