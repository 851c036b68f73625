package io.headgate.engine;

import io.headgate.db.Database;
import io.headgate.engine.Candidates.Candidate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** One node's side of the exchange. Not for several threads at once. */
public final class Exchanger {

  private final Database database;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final long node;
  private final Candidates candidates = new Candidates();

  Exchanger(Database database, InstantSource clock, RandomGenerator random, long node) {
    this.database = database;
    this.clock = clock;
    this.random = random;
    this.node = node;
  }

  /** What this node runs as far as the ledger knows, in no particular order. */
  public List<Claimed> held() {
    return database.read(tx -> ClaimStore.heldBy(tx, node));
  }

  /**
   * Settles what finished and claims what may start, in one transaction. Every answered claim
   * counts as running from now on: start it, and settle it with its token.
   *
   * @throws NodeStopped when this node was declared dead; nothing was settled or claimed
   */
  public Exchanged exchange(List<Settlement> settlements, Demand demand) {
    return exchange(settlements, demand, true);
  }

  /**
   * The same.
   *
   * @param look whether to look for work anew; else it is enough to know of what was found last
   */
  public Exchanged exchange(List<Settlement> settlements, Demand demand, boolean look) {
    Instant now = clock.instant();
    List<Candidate> served = new ArrayList<>();
    Exchanged exchanged =
        database.inTransaction(tx -> {
          List<Candidate> found = candidates.find(tx, demand, now, look);
          served.addAll(found);
          Locked locked = Locked.lock(tx, Exchange.batches(settlements, found), now);
          return new Exchange(locked, node, demand, random).run(settlements, found);
        });
    candidates.served(served);
    return exchanged;
  }
}
