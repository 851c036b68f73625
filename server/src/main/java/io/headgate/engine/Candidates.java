package io.headgate.engine;

import io.headgate.db.Column;
import io.headgate.db.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Finds batches that have something to claim, without locking them: a hint, checked again under the
 * lock. Keeps its place in each account's queue, so that a long queue is served in turn.
 */
final class Candidates {

  /** A batch worth locking. */
  record Candidate(UUID id, UUID account) {}

  /**
   * Batches of one account served in one exchange; the next come with the next. Each costs some
   * rows, so that slots spread over more of them settle fewer items a second.
   */
  private static final int MOST_BATCHES = 16;

  private static final String READY_NEXT_IN_TURN =
      """
      with recursive ready_account (id) as (
        (select account_id from batch where ready_at is not null
           and (:only::uuid is null or account_id = :only::uuid) order by account_id limit 1)
        union all
        select (select b.account_id from batch b
                where b.ready_at is not null and b.account_id > r.id
                  and (:only::uuid is null or b.account_id = :only::uuid)
                order by b.account_id limit 1)
        from ready_account r where r.id is not null)
      select next.id, next.account_id
      from ready_account r
      left join unnest(:turn_accounts, :turn_batches) as turn (account, batch) on turn.account = r.id
      cross join lateral (
        select b.priority from batch b
        where b.account_id = r.id and b.ready_at <= :now and b.processor = any(:processors) and b.id <> all(:excluded)
        order by b.priority desc limit 1) top
      cross join lateral (
        (select b.id, b.account_id, b.priority from batch b
         where b.account_id = r.id and b.priority = top.priority and b.ready_at <= :now
           and b.processor = any(:processors) and b.id <> all(:excluded)
           and b.id > coalesce(turn.batch, '00000000-0000-0000-0000-000000000000'::uuid)
         order by b.id limit :most)
        union all
        (select b.id, b.account_id, b.priority from batch b
         where b.account_id = r.id and b.priority = top.priority and b.ready_at <= :now
           and b.processor = any(:processors) and b.id <> all(:excluded) and b.id <= turn.batch
         order by b.id limit :most)
        union all
        (select b.id, b.account_id, b.priority from batch b
         where b.account_id = r.id and b.priority < top.priority and b.ready_at <= :now
           and b.processor = any(:processors) and b.id <> all(:excluded)
         order by b.priority desc, b.id limit :most)
        limit :most) next
      """;

  private final Map<UUID, UUID> lastServed = new HashMap<>();
  private List<Candidate> all = List.of();
  private int turn;

  /**
   * At most {@code demand.slots()} batches of each account, in the order they should be served.
   *
   * @param look false lets the last answer do, if that had room for all there was
   * @param excluded batches to leave out
   */
  List<Candidate> find(
      Tx tx, Demand demand, Instant now, boolean look, Collection<UUID> excluded) {
    if (demand.slots() == 0 || demand.processors().isEmpty()) {
      return List.of();
    }
    if (look || all.isEmpty()) {
      int most = Math.min(demand.slots(), MOST_BATCHES);
      List<Candidate> found = look(tx, demand, now, most, excluded);
      all = fits(found, most) ? found : List.of();
      return inTurn(found);
    }
    return inTurn(all.stream().filter(found -> !excluded.contains(found.id())).toList());
  }

  private static boolean fits(List<Candidate> found, int most) {
    Map<UUID, Long> each =
        found.stream().collect(Collectors.groupingBy(Candidate::account, Collectors.counting()));
    return each.values().stream().allMatch(batches -> batches < most);
  }

  private List<Candidate> look(Tx tx, Demand demand, Instant now, int most, Collection<UUID> excluded) {
    List<UUID> accounts = List.copyOf(lastServed.keySet());
    return tx.query(READY_NEXT_IN_TURN)
        .bind("only", demand.onlyAccount())
        .bind("now", now)
        .bind("processors", Column.texts(demand.processors().toArray(String[]::new)))
        .bind("turn_accounts", Column.uuids(accounts))
        .bind("turn_batches", Column.uuids(accounts.stream().map(lastServed::get).toList()))
        .bind("most", most)
        .bind("excluded", Column.uuids(excluded))
        .map((row, context) ->
            new Candidate(row.getObject("id", UUID.class), row.getObject("account_id", UUID.class)))
        .list();
  }

  /** Another account comes first each time: with few free slots the order decides. */
  private List<Candidate> inTurn(List<Candidate> found) {
    List<UUID> accounts = new ArrayList<>(new LinkedHashSet<>(accounts(found)));
    if (accounts.size() < 2) {
      return found;
    }
    Collections.rotate(accounts, -(turn++ % accounts.size()));
    Map<UUID, List<Candidate>> byAccount =
        found.stream().collect(Collectors.groupingBy(Candidate::account));
    return accounts.stream().flatMap(a -> byAccount.getOrDefault(a, List.of()).stream()).toList();
  }

  private static List<UUID> accounts(List<Candidate> candidates) {
    return candidates.stream().map(Candidate::account).toList();
  }

  /** Remembers whose turn it was; call it after the commit. */
  void served(List<Candidate> candidates) {
    lastServed.clear();
    for (Candidate candidate : candidates) {
      lastServed.put(candidate.account(), candidate.id());
    }
  }
}
