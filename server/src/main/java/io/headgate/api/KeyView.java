package io.headgate.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.headgate.access.Keys;
import io.headgate.http.Scope;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key on the wire.
 *
 * @param secret only in the answer of the POST that made it
 */
record KeyView(
    UUID id,
    UUID accountId,
    String name,
    List<String> scopes,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String secret) {

  static KeyView of(Keys.Listed key) {
    return of(key, null);
  }

  static KeyView of(Keys.Listed key, @Nullable String secret) {
    return new KeyView(
        key.id(),
        key.accountId(),
        key.name(),
        key.scopes().stream().sorted().map(Scope::word).toList(),
        key.createdAt(),
        key.expiresAt(),
        key.revokedAt(),
        secret);
  }

  @Override
  public String toString() {
    return "key " + id;
  }
}
