package io.headgate.client;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An API key.
 *
 * @param expiresAt when the key stops working; null for never
 * @param revokedAt when the key was revoked; null when it is valid
 * @param secret the key itself; null in every response but the one that created it
 */
public record Key(
    String id,
    @Nullable String accountId,
    @Nullable String name,
    @Nullable List<String> scopes,
    @Nullable Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt,
    @Nullable String secret) {}
