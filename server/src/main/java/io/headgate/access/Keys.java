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
public final class Keys {

  /**
   * A key to create.
   *
   * @param expiresAt null for never
   */
  public record NewKey(UUID account, String name, Set<Scope> scopes, @Nullable Instant expiresAt) {}

  /** A key without its secret. */
  public record Listed(
      UUID id,
      UUID accountId,
      String name,
      Set<Scope> scopes,
      Instant createdAt,
      @Nullable Instant expiresAt,
      @Nullable Instant revokedAt) {}

  /** A new key and its secret, which is not stored and cannot be read again. */
  public record Issued(Listed key, String secret) {
    @Override
    public String toString() {
      return key.toString();
    }
  }

  /** A key that was found, and until when it counts as live without another query. */
  private record Seen(Key key, long untilNanos) {}

  static final Duration TRUSTED = Duration.ofMillis(900);
  private static final int MAX_SEEN = 100_000;

  private final Database database;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final Cache<String, Seen> seen = Caffeine.newBuilder().maximumSize(MAX_SEEN).build();
  private final AtomicLong revocations = new AtomicLong();

  public Keys(Database database, InstantSource clock) {
    this(database, clock, System::nanoTime);
  }

  /**
   * @param nanoTime measures how long a key that was found is trusted
   */
  Keys(Database database, InstantSource clock, LongSupplier nanoTime) {
    this.database = database;
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  /** Creates a key; its account must exist. */
  public Issued issue(Tx tx, NewKey order) {
    String secret = Secret.next();
    Listed key =
        new Listed(
            Ids.next(),
            order.account(),
            order.name(),
            order.scopes(),
            clock.instant(),
            order.expiresAt(),
            null);
    KeyStore.insert(tx, key, Secret.sha256(secret));
    return new Issued(key, secret);
  }

  /** Lists keys with smaller ids than {@code before}, newest first, revoked ones included. */
  public List<Listed> list(UUID account, UUID before, int rows) {
    return database.read(tx -> KeyStore.listBefore(tx, account, before, rows));
  }

  /** Returns the account of a key; empty when there is no such key. */
  public Optional<UUID> accountOf(UUID key) {
    return database.read(tx -> KeyStore.accountOf(tx, key));
  }

  /** Revokes a key for ever. Does nothing when it is revoked already. */
  public void revoke(UUID key) {
    database.useTransaction(tx -> KeyStore.revokeIfNotRevoked(tx, key, clock.instant()));
    // In this order: a lookup that read the row before the commit either sees the new number and
    // does not cache the key, or has cached it already and loses it here.
    revocations.incrementAndGet();
    seen.asMap().values().removeIf(one -> one.key().id().equals(key));
  }

  /** Finds the live key with this secret. */
  Optional<Key> find(String secret) {
    if (!Secret.wellFormed(secret)) {
      return Optional.empty();
    }
    byte[] sha256 = Secret.sha256(secret);
    String name = HexFormat.of().formatHex(sha256);
    Seen known = seen.getIfPresent(name);
    Optional<Key> key =
        known != null && known.untilNanos() - nanoTime.getAsLong() > 0
            ? Optional.of(known.key())
            : look(sha256, name);
    return key.filter(found -> !found.expired(clock.instant()));
  }

  /** Returns true when this node has found a key with this secret before, however long ago. */
  boolean knows(String secret) {
    return Secret.wellFormed(secret)
        && seen.asMap().containsKey(HexFormat.of().formatHex(Secret.sha256(secret)));
  }

  private Optional<Key> look(byte[] sha256, String name) {
    long before = revocations.get();
    long until = nanoTime.getAsLong() + TRUSTED.toNanos();
    Optional<Key> found = database.read(tx -> KeyStore.findIfNotRevoked(tx, sha256));
    if (found.isEmpty()) {
      seen.invalidate(name);
      return found;
    }
    seen.put(name, new Seen(found.get(), until));
    if (revocations.get() != before) {
      seen.invalidate(name);
    }
    return found;
  }

  /** Compares in a time that does not depend on where the arrays differ. */
  static boolean same(byte[] one, byte[] other) {
    return MessageDigest.isEqual(one, other);
  }
}
