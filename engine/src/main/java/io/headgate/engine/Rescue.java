package io.headgate.engine;

import io.headgate.batch.AttemptResult;
import io.headgate.db.ColumnValues;
import io.headgate.db.Signal;
import io.headgate.db.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Ends attempts for nodes that do not do it themselves. The claim is deleted with the attempt, so a
 * node that was only slow cannot settle it any more.
 */
final class Rescue {

  private static final String BATCHES_OF_STOPPED_NODES =
      """
      select distinct c.batch_id from claim c join node n on n.id = c.node_id
      where n.stopped_at is not null and c.batch_id > :after order by c.batch_id limit 100
      """;

  private static final String STOPPED_NODES_OF =
      """
      select distinct c.node_id from claim c join node n on n.id = c.node_id
      where c.batch_id = :batch and n.stopped_at is not null
      """;

  private static final String OVERDUE_FENCES =
      """
      select id from batch
      where interrupt_due_at <= :now and finished_at is null and id > :after
      order by id limit 100
      """;

  private static final String OVERDUE_INTERRUPTIONS =
      """
      select distinct batch_id from interruption
      where due_at <= :now and batch_id > :after order by batch_id limit 100
      """;

  private static final String OVERDUE_INTERRUPTIONS_OF =
      "select ordinal from interruption where batch_id = :batch and due_at <= :now";

  private static final String DELETE_DUE_INTERRUPTIONS =
      "delete from interruption where batch_id = :batch and due_at <= :now";

  private static final String BATCHES_OVERDUE_REMOTELY =
      """
      select distinct c.batch_id
      from claim c join node n on n.id = c.node_id join batch b on b.id = c.batch_id
      where n.kind = 'worker' and c.claimed_at + b.timeout_ms * interval '1 millisecond' <= :now
        and c.batch_id > :after
      order by c.batch_id limit 100
      """;

  private static final String WORKERS_OF =
      """
      select distinct c.node_id from claim c join node n on n.id = c.node_id
      where c.batch_id = :batch and n.kind = 'worker'
      """;

  private static final String BATCHES_OF_NODE =
      """
      select distinct batch_id from claim
      where node_id = :node and id <> all(:known) and batch_id > :after
      order by batch_id limit 100
      """;

  private final Tx tx;
  private final Instant now;
  private final RandomGenerator random;

  Rescue(Tx tx, Instant now, RandomGenerator random) {
    this.tx = tx;
    this.now = now;
    this.random = random;
  }

  List<UUID> batchesOfStoppedNodes(UUID after) {
    return tx.query(BATCHES_OF_STOPPED_NODES).bind("after", after).mapTo(UUID.class).list();
  }

  List<UUID> overdueFences(UUID after) {
    return tx.query(OVERDUE_FENCES).bind("after", after).bind("now", now).mapTo(UUID.class).list();
  }

  List<UUID> overdueInterruptions(UUID after) {
    return tx.query(OVERDUE_INTERRUPTIONS)
        .bind("after", after)
        .bind("now", now)
        .mapTo(UUID.class)
        .list();
  }

  List<UUID> overdueRemotely(UUID after) {
    return tx.query(BATCHES_OVERDUE_REMOTELY)
        .bind("after", after)
        .bind("now", now)
        .mapTo(UUID.class)
        .list();
  }

  List<UUID> batchesOfNode(long node, Collection<Long> knownTokens, UUID after) {
    return tx.query(BATCHES_OF_NODE)
        .bind("node", node)
        .bind("after", after)
        .bind("known", ColumnValues.longs(knownTokens.stream().mapToLong(n -> n).toArray()))
        .mapTo(UUID.class)
        .list();
  }

  /** Ends the attempts of dead nodes as lost; returns how many items. */
  int rescueFromStoppedNodes(UUID batch) {
    Optional<LockedBatches> locked = LockedBatches.lock(tx, batch, now);
    if (locked.isEmpty()) {
      return 0;
    }
    Set<Long> dead =
        new HashSet<>(tx.query(STOPPED_NODES_OF).bind("batch", batch).mapTo(Long.class).list());
    return end(
        locked.get(),
        claim -> dead.contains(claim.nodeId),
        ordinal -> true,
        new AttemptResult.Lost());
  }

  /** Abandons what still runs after the grace period of a batch; returns how many items. */
  int abandonOverdue(UUID batch) {
    Optional<LockedBatches> locked = LockedBatches.lock(tx, batch, now);
    Instant dueAt = locked.map(found -> found.one().fence().interruptDueAt()).orElse(null);
    return locked.isPresent() && dueAt != null && !dueAt.isAfter(now)
        ? end(locked.get(), claim -> true, ordinal -> true, new AttemptResult.Abandoned())
        : 0;
  }

  /** Abandons single items that did not stop within their grace period; returns how many. */
  int abandonOverdueItems(UUID batch) {
    Optional<LockedBatches> locked = LockedBatches.lock(tx, batch, now);
    if (locked.isEmpty()) {
      return 0;
    }
    Set<Integer> overdue =
        new HashSet<>(
            tx.query(OVERDUE_INTERRUPTIONS_OF)
                .bind("batch", batch)
                .bind("now", now)
                .mapTo(Integer.class)
                .list());
    int ended = end(locked.get(), claim -> true, overdue::contains, new AttemptResult.Abandoned());
    tx.update(DELETE_DUE_INTERRUPTIONS).bind("batch", batch).bind("now", now).execute();
    return ended;
  }

  /** Fails attempts of remote workers past their deadline; returns how many items. */
  int timeOutRemote(UUID batch) {
    Optional<LockedBatches> locked = LockedBatches.lock(tx, batch, now);
    if (locked.isEmpty()) {
      return 0;
    }
    Set<Long> workers =
        new HashSet<>(tx.query(WORKERS_OF).bind("batch", batch).mapTo(Long.class).list());
    Duration timeout = locked.get().one().facts.limits().timeout();
    return end(
        locked.get(),
        claim -> workers.contains(claim.nodeId) && !claim.claimedAt.plus(timeout).isAfter(now),
        ordinal -> true,
        timedOut(timeout));
  }

  private static AttemptResult timedOut(Duration timeout) {
    return new AttemptResult.AttemptFailed(
        "timeout",
        "the attempt took longer than " + timeout.toMillis() / 1000.0 + " s",
        true,
        Optional.empty());
  }

  /**
   * Hands back what a live node has claimed of a batch without knowing it; returns how many items.
   */
  int handBackUnknown(UUID batch, long node, Collection<Long> knownTokens) {
    return LockedBatches.lock(tx, batch, now)
        .map(locked ->
            end(
                locked,
                claim -> claim.nodeId == node && !knownTokens.contains(claim.token),
                ordinal -> true,
                new AttemptResult.HandedBack()))
        .orElse(0);
  }

  private int end(
      LockedBatches locked,
      Predicate<ClaimRow> claims,
      Predicate<Integer> ordinals,
      AttemptResult result) {
    UUID batch = locked.one().facts.id();
    List<ClaimRow> chosen = ClaimStore.ofBatch(tx, batch).stream().filter(claims).toList();
    List<ClaimRow.ClaimedItem> tries =
        ClaimStore.items(chosen).stream().filter(t -> ordinals.test(t.ordinal())).toList();
    if (tries.isEmpty()) {
      return 0;
    }
    // An interrupted item does not wait for another attempt, whatever ends it.
    Set<ItemDependencies.ItemKey> interrupted = Interruptions.of(tx, batch);
    if (result instanceof AttemptResult.Abandoned) {
      tries.forEach(t -> interrupted.add(new ItemDependencies.ItemKey(batch, t.ordinal())));
    }
    Settler settling = new Settler(locked, interrupted, random);
    for (ClaimRow claim : chosen) {
      for (ClaimRow.ClaimedItem item : claim.itemList()) {
        if (ordinals.test(item.ordinal())) {
          settling.end(claim, item.ordinal(), result, now);
        }
      }
    }
    settling.write();
    locked.signal(new Signal.WorkAvailable());
    locked.signal(new Signal.InterruptRequested(batch));
    locked.save();
    return tries.size();
  }
}
