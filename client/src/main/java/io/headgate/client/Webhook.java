package io.headgate.client;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who is told of events.
 *
 * @param state {@code active}, {@code paused} or {@code failed}
 * @param reason why it failed
 * @param secret what signatures are checked with; only in the answer that created it
 */
public record Webhook(
    String id,
    String url,
    List<String> events,
    String state,
    @Nullable String reason,
    @Nullable Instant createdAt,
    long delivered,
    long failedAttempts,
    Delivery.@Nullable Attempt lastAttempt,
    @Nullable String secret) {}
