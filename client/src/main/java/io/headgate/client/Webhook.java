package io.headgate.client;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint that receives events.
 *
 * @param state {@code active}, {@code paused} or {@code failed}
 * @param reason why the state is {@code failed}, else null
 * @param delivered how many deliveries succeeded
 * @param failedAttempts how many attempts failed
 * @param secret verifies signatures; null in every response but the one that created the webhook
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
    Delivery.@Nullable DeliveryAttempt lastAttempt,
    @Nullable String secret) {}
