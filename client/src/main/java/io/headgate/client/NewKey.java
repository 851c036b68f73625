package io.headgate.client;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An API key to create.
 *
 * @param scopes any of {@code read}, {@code write}, {@code cancel}, {@code admin}
 * @param expiresAt null for a key that never expires
 * @param accountId the account of the key; null for the caller's own account
 */
public record NewKey(
    String name, List<String> scopes, @Nullable Instant expiresAt, @Nullable String accountId) {}
