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
 * Gives back entries whose request was not answered. What cannot be given back while the database
 * is away is remembered: as long as this node lives nobody else may take such an entry, so its
 * client would hear for ever that the first request still runs.
 */
final class Unreleased {

  /** An entry of ours, if its claim has committed. */
  record Claim(Place place, Instant since) {}

  private static final Logger log = LoggerFactory.getLogger(Unreleased.class);

  private final Database database;
  private final Queue<Claim> left = new ConcurrentLinkedQueue<>();

  Unreleased(Database database) {
    this.database = database;
  }

  /** Gives it back now, or later when that fails. */
  void release(Claim claim) {
    try {
      database.useTransaction(tx -> release(tx, claim));
    } catch (RuntimeException e) {
      log.warn("an idempotency key is released later: {}", e.toString());
      later(claim);
    }
  }

  /** Gives it back with the next transaction that can. */
  void later(Claim claim) {
    left.add(claim);
  }

  /** Runs {@code work} in a transaction that first gives back what was left for later. */
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
