package io.headgate.engine;

import io.headgate.db.ColumnValues;
import io.headgate.db.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Servers and remote workers. A node is alive as long as its heartbeats arrive within its lease.
 */
final class NodeStore {

  private static final String REGISTER =
      """
      insert into node (name, kind, account_id, slots, processors, lease_ms, started_at, last_seen_at)
      values (:name, :kind, :account, :slots, :processors, :lease_ms, :now, :now)
      returning id
      """;

  private static final String UPDATE_LAST_SEEN_IF_NOT_STOPPED =
      "update node set last_seen_at = :now where id = :id and stopped_at is null";

  private static final String STOP =
      "update node set stopped_at = :now where id = :id and stopped_at is null";

  private static final String STOP_IF_LEASE_EXPIRED =
      """
      update node set stopped_at = :now
      where stopped_at is null and last_seen_at + lease_ms * interval '1 millisecond' < :now
      """;

  private static final String UPDATE_OR_REGISTER_WORKER =
      """
      insert into node (name, kind, account_id, slots, processors, lease_ms, started_at, last_seen_at)
      values (:name, 'worker', :account, :slots, :processors, :lease_ms, :now, :now)
      on conflict (account_id, name) where kind = 'worker' and stopped_at is null
      do update set last_seen_at = :now, slots = excluded.slots, processors = excluded.processors
      returning id
      """;

  private NodeStore() {}

  static long register(Tx tx, NewNode node, Instant now) {
    return tx.query(REGISTER)
        .bind("name", node.name())
        .bind("kind", node.account() == null ? "server" : "worker")
        .bind("account", node.account())
        .bind("slots", node.slots())
        .bind("processors", ColumnValues.texts(node.processors().toArray(String[]::new)))
        .bind("lease_ms", node.lease().toMillis())
        .bind("now", now)
        .mapTo(Long.class)
        .one();
  }

  /**
   * A node that joins.
   *
   * @param lease time without a heartbeat after which it counts as dead
   * @param account a remote worker's account; null for a server
   */
  record NewNode(
      String name, int slots, List<String> processors, Duration lease, @Nullable UUID account) {}

  /** False when the node was declared dead: its items belong to other nodes. */
  static boolean heartbeat(Tx tx, long id, Instant now) {
    return tx.update(UPDATE_LAST_SEEN_IF_NOT_STOPPED).bind("id", id).bind("now", now).execute()
        == 1;
  }

  static void stop(Tx tx, long id, Instant now) {
    tx.update(STOP).bind("id", id).bind("now", now).execute();
  }

  static void stopExpired(Tx tx, Instant now) {
    tx.update(STOP_IF_LEASE_EXPIRED).bind("now", now).execute();
  }

  /** Records a heartbeat of the live worker of that name, or registers it. */
  static long updateOrRegisterWorker(Tx tx, NewNode node, Instant now) {
    return tx.query(UPDATE_OR_REGISTER_WORKER)
        .bind("name", node.name())
        .bind("account", node.account())
        .bind("slots", node.slots())
        .bind("processors", ColumnValues.texts(node.processors().toArray(String[]::new)))
        .bind("lease_ms", node.lease().toMillis())
        .bind("now", now)
        .mapTo(Long.class)
        .one();
  }
}
