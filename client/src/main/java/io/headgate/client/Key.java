package io.headgate.client;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An API key.
 *
 * @param secret the key itself, only in the answer that created it
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
