package io.headgate.api.admin;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.headgate.access.ApiKeys;
import io.headgate.http.Scope;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A key as JSON of the native API. */
record KeyJson(
    UUID id,
    UUID accountId,
    String name,
    List<String> scopes,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt) {

  /** A new key with its secret, which only the response of its creation has. */
  record NewKeyJson(@JsonUnwrapped KeyJson key, String secret) {
    @Override
    public String toString() {
      return key.toString();
    }
  }

  static KeyJson of(ApiKeys.ListedKey key) {
    return new KeyJson(
        key.id(),
        key.accountId(),
        key.name(),
        key.scopes().stream().sorted().map(Scope::wireName).toList(),
        key.createdAt(),
        key.expiresAt(),
        key.revokedAt());
  }

  static NewKeyJson of(ApiKeys.IssuedKey issued) {
    return new NewKeyJson(of(issued.key()), issued.secret());
  }
}
