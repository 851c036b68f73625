package io.headgate.webhook;

import io.headgate.db.ColumnValues;
import io.headgate.db.Snapshot;
import io.headgate.db.Tx;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Rows of {@code webhook_endpoint}. Queries by owner do not find endpoints of a single batch; only
 * deliveries to them are made.
 */
final class EndpointStore {

  static final String COLUMNS =
      """
      e.id, e.account_id, e.batch_id, e.dialect, e.dialect_data, e.url, e.events, e.format,
      e.signature, e.state, e.reason, e.created_at, e.delivered, e.failed_attempts,
      e.last_attempt, e.secret
      """;

  private static final String OWNED =
      """
       from webhook_endpoint e
      where e.account_id = :account and e.dialect is not distinct from :dialect::text
        and e.batch_id is null and e.deleted_at is null
      """;

  private static final String INSERT =
      """
      insert into webhook_endpoint
        (id, account_id, batch_id, dialect, dialect_data, url, events, format, signature, secret,
         state, created_at)
      values
        (:id, :account, :batch, :dialect, :dialect_data, :url, :events, :format, :signature,
         :secret, 'active', :now)
      """;

  private static final String FIND = "select " + COLUMNS + OWNED + " and e.id = :id";

  private static final String LOCK = FIND + " for no key update";

  private static final String LIST =
      "select "
          + COLUMNS
          + OWNED
          + """
           and e.id < :before
           and (:event::text is null or :event = any(e.events))
           and (:state::text is null or e.state = :state)
          order by e.id desc offset :skip limit :rows
          """;

  private static final String COUNT =
      "select count(*)"
          + OWNED
          + """
           and (:event::text is null or :event = any(e.events))
           and (:state::text is null or e.state = :state)
          """;

  private static final String CHANGE =
      """
      update webhook_endpoint set url = :url, events = :events, dialect_data = :dialect_data,
        state = :state,
        reason = case when :state = 'failed' then reason end,
        consecutive_failures = case when :state = 'failed' then consecutive_failures else 0 end
      where id = :id
      """;

  private static final String DELETE =
      "update webhook_endpoint set deleted_at = :now where id = :id and deleted_at is null";

  private static final JsonMapper json = JsonMapper.shared();

  private EndpointStore() {}

  static void insert(Tx tx, Endpoint endpoint, byte @Nullable [] secret) {
    Endpoint.EndpointSettings settings = endpoint.settings();
    tx.update(INSERT)
        .bind("id", endpoint.id())
        .bind("account", endpoint.owner().account())
        .bind("batch", endpoint.batch())
        .bind("dialect", endpoint.owner().dialect())
        .bind("dialect_data", text(settings.dialectData()))
        .bind("url", settings.url())
        .bind("events", ColumnValues.texts(settings.events().toArray(String[]::new)))
        .bind("format", settings.format())
        .bind("signature", settings.signature().word())
        .bind("secret", secret)
        .bind("now", endpoint.createdAt())
        .execute();
  }

  static Optional<Endpoint> find(Snapshot tx, EndpointOwner owner, UUID id) {
    return find(tx, FIND, owner, id);
  }

  static Optional<Endpoint> lock(Tx tx, EndpointOwner owner, UUID id) {
    return find(tx, LOCK, owner, id);
  }

  private static Optional<Endpoint> find(Snapshot tx, String sql, EndpointOwner owner, UUID id) {
    return tx.query(sql)
        .bind("account", owner.account())
        .bind("dialect", owner.dialect())
        .bind("id", id)
        .map((row, context) -> read(row))
        .findOne();
  }

  /** Newest first. */
  static List<Endpoint> list(
      Snapshot tx, EndpointOwner owner, Endpoints.EndpointFilter filter, Endpoints.RowRange range) {
    return tx.query(LIST)
        .bind("account", owner.account())
        .bind("dialect", owner.dialect())
        .bind("event", filter.event())
        .bind("state", filter.stateWord())
        .bind("before", range.before())
        .bind("skip", range.skip())
        .bind("rows", range.rows())
        .map((row, context) -> read(row))
        .list();
  }

  static int count(Snapshot tx, EndpointOwner owner, Endpoints.EndpointFilter filter) {
    return tx.query(COUNT)
        .bind("account", owner.account())
        .bind("dialect", owner.dialect())
        .bind("event", filter.event())
        .bind("state", filter.stateWord())
        .mapTo(Integer.class)
        .one();
  }

  /** Writes the changeable columns of a locked endpoint. */
  static void change(Tx tx, Endpoint to) {
    tx.update(CHANGE)
        .bind("id", to.id())
        .bind("url", to.settings().url())
        .bind("events", ColumnValues.texts(to.settings().events().toArray(String[]::new)))
        .bind("dialect_data", text(to.settings().dialectData()))
        .bind("state", to.status().state().word())
        .execute();
  }

  /** Marks an endpoint as deleted. Its deliveries are deleted later, in small steps. */
  static void delete(Tx tx, UUID id, Instant now) {
    tx.update(DELETE).bind("id", id).bind("now", now).execute();
  }

  /** Reads {@link #COLUMNS}. */
  static Endpoint read(ResultSet row) throws SQLException {
    return new Endpoint(
        row.getObject("id", UUID.class),
        new EndpointOwner(row.getObject("account_id", UUID.class), row.getString("dialect")),
        row.getObject("batch_id", UUID.class),
        settings(row),
        new Endpoint.EndpointStatus(
            Endpoint.EndpointState.of(row.getString("state")), row.getString("reason")),
        statistics(row),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }

  private static Endpoint.EndpointSettings settings(ResultSet row) throws SQLException {
    String dialectData = row.getString("dialect_data");
    return new Endpoint.EndpointSettings(
        row.getString("url"),
        texts(row.getArray("events")),
        row.getString("format"),
        SignatureScheme.of(row.getString("signature")),
        dialectData == null ? null : json.readTree(dialectData));
  }

  private static Endpoint.EndpointStatistics statistics(ResultSet row) throws SQLException {
    String last = row.getString("last_attempt");
    return new Endpoint.EndpointStatistics(
        row.getLong("delivered"),
        row.getLong("failed_attempts"),
        last == null ? null : DeliveryAttempt.of(json.readTree(last)));
  }

  private static List<String> texts(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }

  private static @Nullable String text(@Nullable JsonNode node) {
    return node == null ? null : node.toString();
  }
}
