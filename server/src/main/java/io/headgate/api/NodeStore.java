package io.headgate.api;

import io.headgate.db.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** Rows of {@code node}, as the world sees them. */
final class NodeStore {

  /** A node on the wire. */
  record NodeView(
      long id,
      String name,
      String kind,
      Instant startedAt,
      Instant lastSeenAt,
      SlotsView slots,
      List<String> processors) {}

  record SlotsView(int total, int busy) {}

  private static final String RUNNING =
      """
      select n.id, n.name, n.kind, n.started_at, n.last_seen_at, n.slots, n.processors,
             coalesce((select sum(cardinality(c.ordinals)) from claim c where c.node_id = n.id), 0) as busy
      from node n
      where n.stopped_at is null and (n.account_id is null or n.account_id = :account)
      order by n.id
      """;

  private NodeStore() {}

  /** Nodes that have not stopped: servers, and remote workers of {@code account}. */
  static List<NodeView> running(Tx tx, UUID account) {
    return tx.query(RUNNING).bind("account", account).map((row, context) -> view(row)).list();
  }

  private static NodeView view(ResultSet row) throws SQLException {
    return new NodeView(
        row.getLong("id"),
        row.getString("name"),
        row.getString("kind"),
        row.getObject("started_at", OffsetDateTime.class).toInstant(),
        row.getObject("last_seen_at", OffsetDateTime.class).toInstant(),
        new SlotsView(row.getInt("slots"), row.getInt("busy")),
        List.of((String[]) row.getArray("processors").getArray()));
  }
}
