package io.headgate.api.house;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.headgate.access.Keys;
import io.headgate.http.Scope;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A key as JSON of the native API. */
record KeyView(
    UUID id,
    UUID accountId,
    String name,
    List<String> scopes,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt) {

  /** A new key with its secret, which only the response of its creation has. */
  record Issued(@JsonUnwrapped KeyView key, String secret) {
    @Override
    public String toString() {
      return key.toString();
    }
  }

  static KeyView of(Keys.Listed key) {
    return new KeyView(
        key.id(),
        key.accountId(),
        key.name(),
        key.scopes().stream().sorted().map(Scope::word).toList(),
        key.createdAt(),
        key.expiresAt(),
        key.revokedAt());
  }

  static Issued of(Keys.Issued issued) {
    return new Issued(of(issued.key()), issued.secret());
  }
}
