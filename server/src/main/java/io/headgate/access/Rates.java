package io.headgate.access;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Token buckets by name, each refilled evenly over a minute. The least used name is forgotten
 * first; whoever is forgotten starts with a full bucket.
 */
final class Rates {

  /** What became of one request: how many more are allowed now, and when the next one is. */
  record Taken(boolean allowed, int perMinute, long left, long waitNanos) {

    long retryAfterSeconds() {
      return Math.max(1, (waitNanos + 999_999_999L) / 1_000_000_000L);
    }

    /** Seconds until the bucket is full again. */
    long resetSeconds() {
      return (60 * (perMinute - left) + perMinute - 1) / perMinute;
    }
  }

  private static final int MAX_NAMES = 100_000;

  private final int perMinute;
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > MAX_NAMES;
        }
      };

  Rates(int perMinute) {
    this.perMinute = perMinute;
  }

  /** Takes one token; null when there is no limit. */
  @Nullable Taken take(String name) {
    if (perMinute == 0) {
      return null;
    }
    ConsumptionProbe probe = bucket(name).tryConsumeAndReturnRemaining(1);
    return new Taken(
        probe.isConsumed(), perMinute, probe.getRemainingTokens(), probe.getNanosToWaitForRefill());
  }

  /** True when the next {@link #take} would be refused. */
  boolean exhausted(String name) {
    return perMinute > 0 && bucket(name).getAvailableTokens() <= 0;
  }

  private synchronized Bucket bucket(String name) {
    return buckets.computeIfAbsent(
        name,
        fresh ->
            Bucket.builder()
                .addLimit(limit ->
                    limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
                .build());
  }
}
