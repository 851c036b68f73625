package io.headgate.view;

import io.headgate.db.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Lists the nodes of the cluster. Thread-safe. */
public final class NodeReader {

  private static final String LIST_NOT_STOPPED =
      """
      select n.id, n.name, n.kind, n.slots, n.processors, n.started_at, n.last_seen_at,
             coalesce((select sum(cardinality(c.ordinals)) from claim c where c.node_id = n.id), 0)
               as busy
      from node n
      where n.stopped_at is null and (n.account_id is null or :all or n.account_id = :account)
      order by n.id
      """;

  private final Database database;

  public NodeReader(Database database) {
    this.database = database;
  }

  /**
   * Returns every node that has not stopped. A dead node is listed until it is detected as dead.
   */
  public List<NodeView> list() {
    return list(null);
  }

  /** Returns all servers and the remote workers of one account. */
  public List<NodeView> visibleTo(UUID account) {
    return list(account);
  }

  private List<NodeView> list(@Nullable UUID account) {
    return database.read(tx ->
        tx.query(LIST_NOT_STOPPED)
            .bind("all", account == null)
            .bindByType("account", account, UUID.class)
            .map((row, context) -> read(row))
            .list());
  }

  private static NodeView read(ResultSet row) throws SQLException {
    return new NodeView(
        row.getLong("id"),
        row.getString("name"),
        row.getString("kind"),
        row.getInt("slots"),
        row.getInt("busy"),
        List.of((String[]) row.getArray("processors").getArray()),
        new NodeView.NodeTimes(
            TimestampColumns.at(row, "started_at"), TimestampColumns.at(row, "last_seen_at")));
  }
}
