package io.headgate.engine;

import io.headgate.batch.AttemptResult;
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
  public List<StartedAttempt> claimed() {
    return database.read(tx -> ClaimStore.ofNodeByItem(tx, node));
  }

  /**
   * Settles what finished and claims what may start, in one transaction. Every returned claim
   * counts as running from now on: start it, and settle it with its token.
   *
   * <p>A result that the database cannot store fails its item with the code {@code
   * result-not-storable}. A batch whose rows contradict each other is left alone for a minute.
   *
   * @throws NodeStoppedException when this node was declared dead; nothing was settled or claimed
   */
  public ExchangeResult exchange(List<AttemptReport> settlements, Demand demand) {
    return exchange(settlements, demand, true);
  }

  /**
   * The same.
   *
   * @param refreshCandidates whether to search for batches again; otherwise those found last are
   *     enough
   */
  public ExchangeResult exchange(
      List<AttemptReport> settlements, Demand demand, boolean refreshCandidates) {
    try {
      return exchangeWhole(settlements, demand, refreshCandidates);
    } catch (RuntimeException e) {
      if (!Isolation.concernsOneBatch(e)) {
        throw e;
      }
      List<AttemptReport> refused = settleInParts(settlements);
      return claimInParts(demand, refused);
    }
  }

  private ExchangeResult exchangeWhole(
      List<AttemptReport> settlements, Demand demand, boolean refreshCandidates) {
    Instant now = clock.instant();
    Set<UUID> excluded = quarantine.at(now);
    List<Candidate> served = new ArrayList<>();
    ExchangeResult exchanged =
        database.inTransaction(tx -> {
          List<Candidate> found = candidates.find(tx, demand, now, refreshCandidates, excluded);
          served.addAll(found);
          LockedBatches locked = LockedBatches.lock(tx, Exchange.batches(settlements, found), now);
          return new Exchange(locked, node, demand, random).run(settlements, found, excluded);
        });
    candidates.served(served, exchanged.byBatch());
    return exchanged;
  }

  /** Settles what can be settled, by halves; returns what was refused. */
  private List<AttemptReport> settleInParts(List<AttemptReport> settlements) {
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
      List<AttemptReport> refused = new ArrayList<>(settleInParts(settlements.subList(0, half)));
      refused.addAll(settleInParts(settlements.subList(half, settlements.size())));
      return refused;
    }
  }

  private List<AttemptReport> settle(List<AttemptReport> settlements) {
    Instant now = clock.instant();
    return database
        .inTransaction(tx -> {
          LockedBatches locked =
              LockedBatches.lock(tx, Exchange.batches(settlements, List.of()), now);
          return new Exchange(locked, node, Demand.NOTHING, random)
              .run(settlements, List.of(), Set.of());
        })
        .refused();
  }

  private List<AttemptReport> settleAsFailed(AttemptReport settlement, RuntimeException cause) {
    if (Isolation.refusesValue(cause)) {
      AttemptResult failed =
          new AttemptResult.AttemptFailed(NOT_STORABLE, reason(cause), false, Optional.empty());
      try {
        List<AttemptReport> refused =
            settle(
                List.of(
                    new AttemptReport(
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
  private ExchangeResult claimInParts(Demand demand, List<AttemptReport> refused) {
    Instant now = clock.instant();
    Set<UUID> excluded = quarantine.at(now);
    List<Candidate> found =
        database.inTransaction(tx -> candidates.find(tx, demand, now, true, excluded));
    List<StartedAttempt> claims = new ArrayList<>();
    Map<String, Integer> byProcessor = new HashMap<>();
    for (Candidate candidate : found) {
      try {
        ExchangeResult part = claim(candidate, demand.without(claims.size(), byProcessor));
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
    ExchangeResult exchanged =
        new ExchangeResult(claims, byProcessor, refused, claims.size() < demand.slots());
    candidates.served(found, exchanged.byBatch());
    return exchanged;
  }

  private ExchangeResult claim(Candidate candidate, Demand demand) {
    return database.inTransaction(tx -> {
      LockedBatches locked = LockedBatches.lock(tx, Set.of(candidate.id()), clock.instant());
      return new Exchange(locked, node, demand, random)
          .run(List.of(), List.of(candidate), Set.of());
    });
  }
}
