package io.headgate.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.headgate.batch.Ids;
import io.headgate.db.Database;
import io.headgate.db.Tx;
import io.headgate.http.Scope;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Creates, finds and revokes API keys. A revoked key stops working at once on the node that revoked
 * it, and within a second on the others. Safe for use by several threads.
 */
public final class ApiKeys {

  /**
   * A key to create.
   *
   * @param expiresAt null for never
   */
  public record NewKey(UUID account, String name, Set<Scope> scopes, @Nullable Instant expiresAt) {}

  /** A key without its secret. */
  public record ListedKey(
      UUID id,
      UUID accountId,
      String name,
      Set<Scope> scopes,
      Instant createdAt,
      @Nullable Instant expiresAt,
      @Nullable Instant revokedAt) {}

  /** A new key and its secret, which is not stored and cannot be read again. */
  public record IssuedKey(ListedKey key, String secret) {
    @Override
    public String toString() {
      return key.toString();
    }
  }

  /** A key that was found, and until when it counts as live without another query. */
  private record CachedKey(ApiKey key, long untilNanos) {}

  static final Duration CACHE_TIME = Duration.ofMillis(900);
  private static final int MAX_CACHED = 100_000;

  private final Database database;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final Cache<String, CachedKey> cache =
      Caffeine.newBuilder().maximumSize(MAX_CACHED).build();
  private final AtomicLong revocations = new AtomicLong();

  public ApiKeys(Database database, InstantSource clock) {
    this(database, clock, System::nanoTime);
  }

  /**
   * @param nanoTime measures how long a key that was found is trusted
   */
  ApiKeys(Database database, InstantSource clock, LongSupplier nanoTime) {
    this.database = database;
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  /** Creates a key; its account must exist. */
  public IssuedKey issue(Tx tx, NewKey newKey) {
    String secret = ApiKeySecret.next();
    ListedKey key =
        new ListedKey(
            Ids.next(),
            newKey.account(),
            newKey.name(),
            newKey.scopes(),
            clock.instant(),
            newKey.expiresAt(),
            null);
    ApiKeyStore.insert(tx, key, ApiKeySecret.sha256(secret));
    return new IssuedKey(key, secret);
  }

  /** Lists keys with smaller ids than {@code before}, newest first, revoked ones included. */
  public List<ListedKey> list(UUID account, UUID before, int rows) {
    return database.read(tx -> ApiKeyStore.listBefore(tx, account, before, rows));
  }

  /** Returns the account of a key; empty when there is no such key. */
  public Optional<UUID> accountOf(UUID key) {
    return database.read(tx -> ApiKeyStore.accountOf(tx, key));
  }

  /** Revokes a key permanently. Does nothing when it is already revoked. */
  public void revoke(UUID key) {
    database.useTransaction(tx -> ApiKeyStore.revokeIfNotRevoked(tx, key, clock.instant()));
    // In this order: a lookup that read the row before the commit either sees the new number and
    // does not cache the key, or has cached it already and loses it here.
    revocations.incrementAndGet();
    cache.asMap().values().removeIf(one -> one.key().id().equals(key));
  }

  /** Finds the live key with this secret. */
  Optional<ApiKey> find(String secret) {
    if (!ApiKeySecret.isWellFormed(secret)) {
      return Optional.empty();
    }
    byte[] sha256 = ApiKeySecret.sha256(secret);
    String hash = HexFormat.of().formatHex(sha256);
    CachedKey cached = cache.getIfPresent(hash);
    Optional<ApiKey> key =
        cached != null && cached.untilNanos() - nanoTime.getAsLong() > 0
            ? Optional.of(cached.key())
            : lookUp(sha256, hash);
    return key.filter(found -> !found.expired(clock.instant()));
  }

  /** Returns true when this node has found a key with this secret before, however long ago. */
  boolean isKnown(String secret) {
    return ApiKeySecret.isWellFormed(secret)
        && cache.asMap().containsKey(HexFormat.of().formatHex(ApiKeySecret.sha256(secret)));
  }

  private Optional<ApiKey> lookUp(byte[] sha256, String hash) {
    long before = revocations.get();
    long until = nanoTime.getAsLong() + CACHE_TIME.toNanos();
    Optional<ApiKey> found = database.read(tx -> ApiKeyStore.findIfNotRevoked(tx, sha256));
    if (found.isEmpty()) {
      cache.invalidate(hash);
      return found;
    }
    cache.put(hash, new CachedKey(found.get(), until));
    if (revocations.get() != before) {
      cache.invalidate(hash);
    }
    return found;
  }

  /** Compares in a time that does not depend on where the arrays differ. */
  static boolean equalInConstantTime(byte[] one, byte[] other) {
    return MessageDigest.isEqual(one, other);
  }
}
