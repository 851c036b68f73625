package io.headgate.client;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key to create.
 *
 * @param scopes of {@code read}, {@code write}, {@code cancel}, {@code admin}
 * @param expiresAt null for never
 * @param accountId null for the caller's own
 */
public record NewKey(
    String name, List<String> scopes, @Nullable Instant expiresAt, @Nullable String accountId) {}
