package io.headgate.engine;

import io.headgate.batch.Ending;
import io.headgate.db.Database;
import io.headgate.db.DatabaseErrors;
import io.headgate.engine.Candidates.Candidate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * The exchange of one node. A result or batch that the database refuses does not stop the others:
 * the exchange is then done in pieces. Not for several threads at once.
 */
public final class Exchanger {

  private static final String NOT_STORABLE = "result-not-storable";

  private final Database database;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final EngineFaults faults;
  private final long node;
  private final Candidates candidates = new Candidates();
  private final Quarantine quarantine = new Quarantine();

  Exchanger(
      Database database,
      InstantSource clock,
      RandomGenerator random,
      EngineFaults faults,
      long node) {
    this.database = database;
    this.clock = clock;
    this.random = random;
    this.faults = faults;
    this.node = node;
  }

  /** The items this node runs according to the database, in no particular order. */
  public List<Claimed> held() {
    return database.read(tx -> ClaimStore.heldBy(tx, node));
  }

  /**
   * Settles what finished and claims what may start, in one transaction. Every returned claim
   * counts as running from now on: start it, and settle it with its token.
   *
   * <p>A result that the database cannot store fails its item with the code {@code
   * result-not-storable}. A batch whose rows contradict each other is left alone for a minute.
   *
   * @throws NodeStopped when this node was declared dead; nothing was settled or claimed
   */
  public Exchanged exchange(List<Settlement> settlements, Demand demand) {
    return exchange(settlements, demand, true);
  }

  /**
   * The same.
   *
   * @param look whether to search for batches again; otherwise those found last are enough
   */
  public Exchanged exchange(List<Settlement> settlements, Demand demand, boolean look) {
    try {
      return exchangeWhole(settlements, demand, look);
    } catch (RuntimeException e) {
      if (!Isolation.concernsOneBatch(e)) {
        throw e;
      }
      List<Settlement> refused = settleInParts(settlements);
      return claimInParts(demand, refused);
    }
  }

  private Exchanged exchangeWhole(List<Settlement> settlements, Demand demand, boolean look) {
    Instant now = clock.instant();
    Set<UUID> excluded = quarantine.at(now);
    List<Candidate> served = new ArrayList<>();
    Exchanged exchanged =
        database.inTransaction(tx -> {
          List<Candidate> found = candidates.find(tx, demand, now, look, excluded);
          served.addAll(found);
          Locked locked = Locked.lock(tx, Exchange.batches(settlements, found), now);
          return new Exchange(locked, node, demand, random).run(settlements, found, excluded);
        });
    candidates.served(served, exchanged.byBatch());
    return exchanged;
  }

  /** Settles what can be settled, by halves; returns what was refused. */
  private List<Settlement> settleInParts(List<Settlement> settlements) {
    if (settlements.isEmpty()) {
      return List.of();
    }
    try {
      return settle(settlements);
    } catch (RuntimeException e) {
      if (!Isolation.concernsOneBatch(e)) {
        throw e;
      }
      int half = settlements.size() / 2;
      if (half == 0) {
        return settleAsFailed(settlements.getFirst(), e);
      }
      List<Settlement> refused = new ArrayList<>(settleInParts(settlements.subList(0, half)));
      refused.addAll(settleInParts(settlements.subList(half, settlements.size())));
      return refused;
    }
  }

  private List<Settlement> settle(List<Settlement> settlements) {
    Instant now = clock.instant();
    return database
        .inTransaction(tx -> {
          Locked locked = Locked.lock(tx, Exchange.batches(settlements, List.of()), now);
          return new Exchange(locked, node, Demand.NOTHING, random)
              .run(settlements, List.of(), Set.of());
        })
        .refused();
  }

  private List<Settlement> settleAsFailed(Settlement settlement, RuntimeException cause) {
    if (Isolation.refusesValue(cause)) {
      Ending failed = new Ending.Failed(NOT_STORABLE, reason(cause), false, Optional.empty());
      try {
        List<Settlement> refused =
            settle(
                List.of(
                    new Settlement(
                        settlement.token(),
                        settlement.batchId(),
                        settlement.ordinal(),
                        failed,
                        settlement.finishedAt())));
        faults.refusedResult(settlement, cause);
        return refused;
      } catch (RuntimeException e) {
        if (!Isolation.concernsOneBatch(e)) {
          throw e;
        }
        cause.addSuppressed(e);
      }
    }
    faults.failedBatch(settlement.batchId(), "settling item " + settlement.ordinal(), cause);
    return List.of(settlement);
  }

  /** Without the message of PostgreSQL, which may quote the result. */
  private static String reason(RuntimeException cause) {
    return DatabaseErrors.isUnstorableText(cause)
        ? "The database refused the result of this attempt: it contains the character U+0000."
        : "The database refused the result of this attempt: a value is too large or malformed.";
  }

  /** Claims from one batch at a time, so that a batch that cannot be claimed from is found. */
  private Exchanged claimInParts(Demand demand, List<Settlement> refused) {
    Instant now = clock.instant();
    Set<UUID> excluded = quarantine.at(now);
    List<Candidate> found =
        database.inTransaction(tx -> candidates.find(tx, demand, now, true, excluded));
    List<Claimed> claims = new ArrayList<>();
    Map<String, Integer> byProcessor = new HashMap<>();
    for (Candidate candidate : found) {
      try {
        Exchanged part = claim(candidate, demand.without(claims.size(), byProcessor));
        claims.addAll(part.claims());
        part.byProcessor().forEach((name, count) -> byProcessor.merge(name, count, Integer::sum));
      } catch (RuntimeException e) {
        if (!Isolation.concernsOneBatch(e)) {
          throw e;
        }
        quarantine.add(candidate.id(), now);
        faults.failedBatch(candidate.id(), "claiming items", e);
      }
    }
    Exchanged exchanged =
        new Exchanged(claims, byProcessor, refused, claims.size() < demand.slots());
    candidates.served(found, exchanged.byBatch());
    return exchanged;
  }

  private Exchanged claim(Candidate candidate, Demand demand) {
    return database.inTransaction(tx -> {
      Locked locked = Locked.lock(tx, Set.of(candidate.id()), clock.instant());
      return new Exchange(locked, node, demand, random)
          .run(List.of(), List.of(candidate), Set.of());
    });
  }
}
