package io.headgate.access;

import io.headgate.batch.Caller;
import io.headgate.http.Scope;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An API key that was found by its secret.
 *
 * @param expiresAt null for never
 */
record ApiKey(
    UUID id,
    UUID account,
    String accountName,
    String name,
    Set<Scope> scopes,
    @Nullable Instant expiresAt) {

  Caller caller() {
    return new Caller(account, accountName, name);
  }

  boolean expired(Instant now) {
    return expiresAt != null && !now.isBefore(expiresAt);
  }
}
