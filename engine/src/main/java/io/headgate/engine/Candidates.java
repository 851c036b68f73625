package io.headgate.engine;

import io.headgate.batch.Ids;
import io.headgate.db.ColumnValues;
import io.headgate.db.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Finds batches that have something to claim, without locking them: a hint, checked again under the
 * lock. Serves the batches of an account in turn, and few at once: each batch of an exchange costs
 * some rows, so small batches are claimed whole before the next ones begin.
 */
final class Candidates {

  /** A batch worth locking, in the order of service. */
  record Candidate(UUID id, UUID account) {}

  /** Batches of one account that one search finds. */
  private static final int MOST_BATCHES = 256;

  /** The same where many accounts have work. */
  private static final int FEWEST_BATCHES = 16;

  private static final String READY_NEXT_IN_TURN =
      """
      with recursive ready_account (id) as (
        (select account_id from batch where ready_at is not null and id >= :floor
           and (:only::uuid is null or account_id = :only::uuid) order by account_id limit 1)
        union all
        select (select b.account_id from batch b
                where b.ready_at is not null and b.id >= :floor and b.account_id > r.id
                  and (:only::uuid is null or b.account_id = :only::uuid)
                order by b.account_id limit 1)
        from ready_account r where r.id is not null),
      share (most) as (
        select greatest(:fewest, :most / greatest(count(id), 1)) from ready_account)
      select next.id, next.account_id, next.priority, next.wanted
      from ready_account r
      left join unnest(:turn_accounts, :turn_batches) as turn (account, batch) on turn.account = r.id
      cross join lateral (
        select b.priority from batch b
        where b.account_id = r.id and b.ready_at <= :now and b.id >= :floor
          and b.processor = any(:processors) and b.id <> all(:excluded)
        order by b.priority desc limit 1) top
      cross join lateral (
        select b.id, b.account_id, b.priority,
               least(b.total - b.cursor - b.ahead + b.deferred,
                     coalesce(b.concurrency - b.running, b.total)) as wanted
        from (
          (select b.* from batch b
           where b.account_id = r.id and b.priority = top.priority and b.ready_at <= :now and b.id >= :floor
             and b.processor = any(:processors) and b.id <> all(:excluded)
             and b.id > coalesce(turn.batch, '00000000-0000-0000-0000-000000000000'::uuid)
           order by b.id limit (select most from share))
          union all
          (select b.* from batch b
           where b.account_id = r.id and b.priority = top.priority and b.ready_at <= :now and b.id >= :floor
             and b.processor = any(:processors) and b.id <> all(:excluded) and b.id <= turn.batch
           order by b.id limit (select most from share))
          union all
          (select b.* from batch b
           where b.account_id = r.id and b.priority < top.priority and b.ready_at <= :now and b.id >= :floor
             and b.processor = any(:processors) and b.id <> all(:excluded)
           order by b.priority desc, b.id limit (select most from share))
          limit (select most from share)) b) next
      """;

  private final Map<UUID, UUID> lastServed = new HashMap<>();
  private Map<UUID, CandidateQueue> queues = new LinkedHashMap<>();
  private final SearchFloor floor = new SearchFloor();
  private int turn;

  /**
   * Batches to lock for {@code demand}, in the order in which they should be served.
   *
   * @param refreshCandidates false uses what the last search found, as long as there is some of it
   *     left
   * @param excluded batches to leave out
   */
  List<Candidate> find(
      Tx tx, Demand demand, Instant now, boolean refreshCandidates, Collection<UUID> excluded) {
    if (demand.slots() == 0 || demand.processors().isEmpty()) {
      return List.of();
    }
    if (refreshCandidates
        || queues.values().stream().noneMatch(queue -> queue.covers(demand.slots()))) {
      queues = search(tx, demand, now, excluded);
    }
    List<Candidate> chosen = new ArrayList<>();
    for (UUID account : accountsInTurn()) {
      for (UUID batch : queues.getOrDefault(account, CandidateQueue.EMPTY).next(demand.slots())) {
        if (!excluded.contains(batch)) {
          chosen.add(new Candidate(batch, account));
        }
      }
    }
    return chosen;
  }

  private Map<UUID, CandidateQueue> search(
      Tx tx, Demand demand, Instant now, Collection<UUID> excluded) {
    List<UUID> accounts = List.copyOf(lastServed.keySet());
    Map<UUID, CandidateQueue> found = new LinkedHashMap<>();
    UUID from = floor.at(now);
    long start = System.nanoTime();
    tx.query(READY_NEXT_IN_TURN)
        .bind("only", demand.onlyAccount())
        .bind("now", now)
        .bind("floor", from)
        .bind("processors", ColumnValues.texts(demand.processors().toArray(String[]::new)))
        .bind("excluded", ColumnValues.uuids(excluded))
        .bind("turn_accounts", ColumnValues.uuids(accounts))
        .bind("turn_batches", ColumnValues.uuids(accounts.stream().map(lastServed::get).toList()))
        .bind("most", MOST_BATCHES)
        .bind("fewest", FEWEST_BATCHES)
        .map((row, context) -> {
          found
              .computeIfAbsent(
                  row.getObject("account_id", UUID.class), account -> new CandidateQueue())
              .add(row.getObject("id", UUID.class), row.getInt("priority"), row.getInt("wanted"));
          return true;
        })
        .list();
    if (from.equals(Ids.NIL)) {
      floor.searchedAll(now, Duration.ofNanos(System.nanoTime() - start), oldest(found.values()));
    }
    return found;
  }

  private static Optional<UUID> oldest(Collection<CandidateQueue> queues) {
    return queues.stream()
        .flatMap(queue -> queue.batches().stream())
        .min(Comparator.comparing(UUID::toString));
  }

  /** Another account comes first each time: with few free slots the order decides. */
  private List<UUID> accountsInTurn() {
    List<UUID> accounts = new ArrayList<>(queues.keySet());
    if (accounts.size() > 1) {
      Collections.rotate(accounts, -(turn++ % accounts.size()));
    }
    return accounts;
  }

  /**
   * Notes what an exchange that has committed did with these candidates.
   *
   * @param claims how many items were claimed of each batch
   */
  void served(List<Candidate> candidates, Map<UUID, Integer> claims) {
    for (Candidate candidate : candidates) {
      CandidateQueue queue = queues.get(candidate.account());
      if (queue != null && queue.served(candidate.id(), claims.getOrDefault(candidate.id(), 0))) {
        lastServed.put(candidate.account(), candidate.id());
      }
    }
    lastServed.keySet().retainAll(queues.keySet());
  }
}
