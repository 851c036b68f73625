package io.headgate.access;

import io.headgate.db.Snapshot;
import io.headgate.db.Tx;
import io.headgate.http.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows of {@code api_key}. */
final class ApiKeyStore {

  private static final String INSERT =
      """
      insert into api_key (id, account_id, name, secret_sha256, scopes, created_at, expires_at)
      values (:id, :account, :name, :sha256, :scopes, :at, :expires)
      """;

  private static final String FIND_IF_NOT_REVOKED =
      """
      select k.id, k.account_id, a.name as account_name, k.name, k.scopes, k.expires_at
      from api_key k join account a on a.id = k.account_id
      where k.secret_sha256 = :sha256 and k.revoked_at is null
      """;

  private static final String LIST_BEFORE =
      """
      select id, account_id, name, scopes, created_at, expires_at, revoked_at from api_key
      where account_id = :account and id < :before order by id desc limit :rows
      """;

  private static final String REVOKE_IF_NOT_REVOKED =
      "update api_key set revoked_at = :at where id = :id and revoked_at is null";

  private static final String ACCOUNT_OF = "select account_id from api_key where id = :id";

  private static final String LIVE_ADMINS =
      """
      select count(*) from api_key
      where account_id = :account and 'admin' = any (scopes) and revoked_at is null
        and (expires_at is null or expires_at > :now)
      """;

  private ApiKeyStore() {}

  static void insert(Tx tx, ApiKeys.ListedKey key, byte[] sha256) {
    tx.update(INSERT)
        .bind("id", key.id())
        .bind("account", key.accountId())
        .bind("name", key.name())
        .bind("sha256", sha256)
        .bindArray("scopes", String.class, key.scopes().stream().map(Scope::wireName).toList())
        .bind("at", key.createdAt())
        .bindByType("expires", key.expiresAt(), Instant.class)
        .execute();
  }

  static Optional<ApiKey> findIfNotRevoked(Snapshot tx, byte[] sha256) {
    return tx.query(FIND_IF_NOT_REVOKED)
        .bind("sha256", sha256)
        .map((row, context) ->
            new ApiKey(
                row.getObject("id", UUID.class),
                row.getObject("account_id", UUID.class),
                row.getString("account_name"),
                row.getString("name"),
                scopes(row),
                instant(row, "expires_at")))
        .findOne();
  }

  static List<ApiKeys.ListedKey> listBefore(Snapshot tx, UUID account, UUID before, int rows) {
    return tx.query(LIST_BEFORE)
        .bind("account", account)
        .bind("before", before)
        .bind("rows", rows)
        .map((row, context) -> listed(row))
        .list();
  }

  private static ApiKeys.ListedKey listed(ResultSet row) throws SQLException {
    return new ApiKeys.ListedKey(
        row.getObject("id", UUID.class),
        row.getObject("account_id", UUID.class),
        row.getString("name"),
        scopes(row),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        instant(row, "expires_at"),
        instant(row, "revoked_at"));
  }

  static Optional<UUID> accountOf(Snapshot tx, UUID id) {
    return tx.query(ACCOUNT_OF).bind("id", id).mapTo(UUID.class).findOne();
  }

  /** Does nothing when the key is revoked already. */
  static void revokeIfNotRevoked(Tx tx, UUID id, Instant at) {
    tx.update(REVOKE_IF_NOT_REVOKED).bind("id", id).bind("at", at).execute();
  }

  static int liveAdmins(Tx tx, UUID account, Instant now) {
    return tx.query(LIVE_ADMINS)
        .bind("account", account)
        .bind("now", now)
        .mapTo(Integer.class)
        .one();
  }

  private static Set<Scope> scopes(ResultSet row) throws SQLException {
    String[] words = (String[]) row.getArray("scopes").getArray();
    return Arrays.stream(words)
        .flatMap(word -> Scope.of(word).stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }
}
