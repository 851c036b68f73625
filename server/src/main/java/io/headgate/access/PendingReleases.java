package io.headgate.access;

import io.headgate.access.IdempotencyStore.EntryKey;
import io.headgate.db.Database;
import io.headgate.db.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Releases idempotency entries whose request got no stored response. Entries that cannot be
 * released because the database does not respond are released later: while this node is alive, no
 * other may take them over, and clients would always get the answer that the first request still
 * runs.
 */
final class PendingReleases {

  /** An entry that this node has claimed, if the claim has committed. */
  record EntryClaim(EntryKey entry, Instant claimedAt) {}

  private static final Logger log = LoggerFactory.getLogger(PendingReleases.class);

  private final Database database;
  private final Queue<EntryClaim> pending = new ConcurrentLinkedQueue<>();

  PendingReleases(Database database) {
    this.database = database;
  }

  /** Releases an entry now, or later when that fails. */
  void release(EntryClaim claim) {
    try {
      database.useTransaction(tx -> release(tx, claim));
    } catch (RuntimeException e) {
      log.warn("An idempotency key will be released later: {}", e.toString());
      releaseLater(claim);
    }
  }

  /** Releases an entry with the next transaction of {@link #inTransaction}. */
  void releaseLater(EntryClaim claim) {
    pending.add(claim);
  }

  /** Runs {@code work} in a transaction that first releases the entries left for later. */
  <T> T inTransaction(Function<Tx, T> work) {
    List<EntryClaim> late = List.copyOf(pending);
    T done =
        database.inTransaction(tx -> {
          late.forEach(claim -> release(tx, claim));
          return work.apply(tx);
        });
    pending.removeAll(late);
    return done;
  }

  private static void release(Tx tx, EntryClaim claim) {
    IdempotencyStore.releaseIfClaimed(tx, claim.entry(), claim.claimedAt());
  }
}
