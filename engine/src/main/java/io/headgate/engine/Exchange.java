package io.headgate.engine;

import io.headgate.db.ColumnValues;
import io.headgate.engine.Candidates.Candidate;
import io.headgate.engine.ClaimRow.ClaimedItem;
import io.headgate.engine.FairShare.SlotRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * The one transaction of the data path: settles what finished, claims what may start. Locks are
 * taken in one order, batches by id and then accounts by id, so exchanges cannot deadlock.
 */
final class Exchange {

  private final LockedBatches locked;
  private final long node;
  private final Demand demand;
  private final RandomGenerator random;

  /**
   * @param locked the batches of the settled items and the candidates
   * @param node the node the settled claims belong to, and the new ones will
   */
  Exchange(LockedBatches locked, long node, Demand demand, RandomGenerator random) {
    this.locked = locked;
    this.node = node;
    this.demand = demand;
    this.random = random;
  }

  /** The batches that an exchange of these has to lock. */
  static Set<UUID> batches(List<AttemptReport> settlements, List<Candidate> candidates) {
    Set<UUID> ids = new LinkedHashSet<>();
    settlements.forEach(settlement -> ids.add(settlement.batchId()));
    candidates.forEach(candidate -> ids.add(candidate.id()));
    return ids;
  }

  /**
   * @param excluded batches to claim nothing of
   */
  ExchangeResult run(
      List<AttemptReport> settlements, List<Candidate> candidates, Set<UUID> excluded) {
    List<AttemptReport> refused = settle(settlements);
    List<SlotRequest> requests = slotRequests(candidates, excluded);
    FairShare.Capacity capacity =
        new FairShare.Capacity(demand.slots(), demand.processorLimits(), lockAccounts(requests));
    Map<UUID, Integer> shares = FairShare.split(capacity, requests);
    List<StartedAttempt> claims = claim(shares);
    locked.save();
    boolean slotsLeft = claims.size() < demand.slots();
    boolean moreAvailable = slotsLeft && FairShare.unmet(capacity, requests, shares);
    return new ExchangeResult(claims, byProcessor(claims), refused, moreAvailable);
  }

  private Map<String, Integer> byProcessor(List<StartedAttempt> claims) {
    Map<String, Integer> counts = new HashMap<>();
    for (StartedAttempt claim : claims) {
      counts.merge(locked.get(claim.batchId()).facts.processor(), 1, Integer::sum);
    }
    return counts;
  }

  private List<AttemptReport> settle(List<AttemptReport> settlements) {
    if (settlements.isEmpty()) {
      return List.of();
    }
    Set<Long> tokens = new LinkedHashSet<>();
    settlements.forEach(settlement -> tokens.add(settlement.token()));
    List<ClaimRow> claims = ClaimStore.ofNode(locked.tx(), node, tokens);
    Settler settling = new Settler(locked, Interruptions.among(locked.tx(), settlements), random);
    List<AttemptReport> refused = settling.settle(claims, settlements);
    settling.write();
    return refused;
  }

  /**
   * The candidates, and when they leave slots free, batches where settling has just freed capacity
   * or made an item due.
   */
  private List<SlotRequest> slotRequests(List<Candidate> candidates, Set<UUID> excluded) {
    if (demand.slots() == 0) {
      return List.of();
    }
    locked.readEarliestDue();
    Set<UUID> served = new LinkedHashSet<>();
    long wanted = 0;
    for (Candidate candidate : candidates) {
      if (locked.find(candidate.id()).isPresent() && served.add(candidate.id())) {
        wanted += locked.get(candidate.id()).capacity();
      }
    }
    if (wanted < demand.slots()) {
      locked.changed().stream()
          .filter(batchRow -> batchRow.readyBy(locked.now()) && demand.includes(batchRow.facts))
          .forEach(batchRow -> served.add(batchRow.facts.id()));
    }
    served.removeAll(excluded);
    return served.stream()
        .map(locked::get)
        .map(batchRow ->
            new SlotRequest(
                batchRow.facts.account(),
                batchRow.facts.id(),
                batchRow.facts.processor(),
                batchRow.facts.priority(),
                batchRow.capacity()))
        .toList();
  }

  private static final String LOCK_ACCOUNTS_IN_ID_ORDER =
      "select id from account where id = any(:ids) order by id for no key update";

  private static final String RUNNING_BY_ACCOUNT =
      """
      select account_id, sum(running) as running from batch
      where account_id = any(:ids) and finished_at is null group by account_id
      """;

  /** Locks the accounts that limit how many items run, and returns how many more each may run. */
  private Map<UUID, Integer> lockAccounts(List<SlotRequest> requests) {
    Map<UUID, Integer> limits = new HashMap<>();
    for (SlotRequest want : requests) {
      Integer limit = locked.get(want.batch()).facts.accountRunningLimit();
      if (limit != null) {
        limits.put(want.account(), limit);
      }
    }
    if (limits.isEmpty()) {
      return limits;
    }
    locked
        .tx()
        .query(LOCK_ACCOUNTS_IN_ID_ORDER)
        .bind("ids", ColumnValues.uuids(limits.keySet()))
        .mapTo(UUID.class)
        .list();
    return remainingByAccount(limits);
  }

  private Map<UUID, Integer> remainingByAccount(Map<UUID, Integer> limits) {
    Map<UUID, Integer> running = new HashMap<>();
    locked
        .tx()
        .query(RUNNING_BY_ACCOUNT)
        .bind("ids", ColumnValues.uuids(limits.keySet()))
        .map((row, context) ->
            running.put(row.getObject("account_id", UUID.class), row.getInt("running")))
        .list();
    // The sums are from before this exchange's own settlements.
    for (BatchRow batchRow : locked.changed()) {
      running.computeIfPresent(
          batchRow.facts.account(), (account, sum) -> sum + batchRow.runningGained());
    }
    Map<UUID, Integer> remaining = new HashMap<>();
    limits.forEach((account, limit) ->
        remaining.put(account, Math.max(0, limit - running.getOrDefault(account, 0))));
    return remaining;
  }

  private List<StartedAttempt> claim(Map<UUID, Integer> shares) {
    Map<UUID, Integer> sharesOfDeferred = new LinkedHashMap<>();
    shares.forEach((id, share) -> {
      if (locked.get(id).items().deferred() > 0) {
        sharesOfDeferred.put(id, share);
      }
    });
    Map<UUID, List<ClaimedItem>> due =
        DeferredStore.takeDue(locked.tx(), sharesOfDeferred, locked.now());
    List<ClaimStore.NewClaim> claims = new ArrayList<>();
    shares.forEach((id, share) -> {
      BatchRow batchRow = locked.get(id);
      List<ClaimedItem> tries = new ArrayList<>(due.getOrDefault(id, List.of()));
      int fromDeferred = tries.size();
      Cursor.advance(locked.tx(), batchRow, share - fromDeferred)
          .forEach(o -> tries.add(ClaimedItem.first(o)));
      if (!tries.isEmpty()) {
        batchRow.claimed(fromDeferred, tries.size() - fromDeferred, locked.now());
        claims.add(new ClaimStore.NewClaim(id, batchRow.nextEpoch(), tries));
      }
    });
    List<Long> tokens = ClaimStore.insert(locked.tx(), node, claims, locked.now());
    return claimed(claims, tokens);
  }

  private List<StartedAttempt> claimed(List<ClaimStore.NewClaim> claims, List<Long> tokens) {
    List<StartedAttempt> started = new ArrayList<>();
    for (int i = 0; i < claims.size(); i++) {
      for (ClaimedItem item : claims.get(i).items()) {
        started.add(
            new StartedAttempt(
                tokens.get(i),
                claims.get(i).batchId(),
                item.ordinal(),
                item.attempt(),
                locked.now()));
      }
    }
    return started;
  }
}
