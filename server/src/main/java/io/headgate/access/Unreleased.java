package io.headgate.access;

import io.headgate.access.IdempotencyStore.Place;
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
 * released because the database does not respond are released later: while this node lives no other
 * may take them over, and their clients would be told for ever that the first request still runs.
 */
final class Unreleased {

  /** An entry that this node has claimed, if the claim has committed. */
  record Claim(Place place, Instant since) {}

  private static final Logger log = LoggerFactory.getLogger(Unreleased.class);

  private final Database database;
  private final Queue<Claim> left = new ConcurrentLinkedQueue<>();

  Unreleased(Database database) {
    this.database = database;
  }

  /** Releases an entry now, or later when that fails. */
  void release(Claim claim) {
    try {
      database.useTransaction(tx -> release(tx, claim));
    } catch (RuntimeException e) {
      log.warn("An idempotency key will be released later: {}", e.toString());
      later(claim);
    }
  }

  /** Releases an entry with the next transaction of {@link #releasingAlso}. */
  void later(Claim claim) {
    left.add(claim);
  }

  /** Runs {@code work} in a transaction that first releases the entries left for later. */
  <T> T releasingAlso(Function<Tx, T> work) {
    List<Claim> late = List.copyOf(left);
    T done =
        database.inTransaction(tx -> {
          late.forEach(claim -> release(tx, claim));
          return work.apply(tx);
        });
    left.removeAll(late);
    return done;
  }

  private static void release(Tx tx, Claim claim) {
    IdempotencyStore.releaseIfStillOurs(tx, claim.place(), claim.since());
  }
}
