package io.headgate.template;

import io.headgate.db.Snapshot;
import io.headgate.db.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of {@code template} and {@code template_version}. */
final class TemplateStore {

  /** Serializes the inserts of an account, so that the count cannot exceed the limit. */
  private static final String LOCK_ACCOUNT =
      "select id from account where id = :account for no key update";

  private static final String COUNT_IF_NOT_DELETED =
      "select count(*) from template where account_id = :account and deleted_at is null";

  private static final String INSERT_IF_UID_IS_FREE =
      """
      insert into template
        (id, uid, account_id, name, type, category, tags, version, created_at, updated_at)
      values (:id, :uid, :account, :name, :type, :category, :tags, 1, :at, :at)
      on conflict (uid) do nothing
      """;

  private static final String INSERT_VERSION =
      """
      insert into template_version
        (template_id, version, engine, output_format, width, height, html, layouts, variables, created_at)
      values (:template, :version, :engine, :format, :width, :height, :html,
        cast(:layouts as json), cast(:variables as json), :at)
      """;

  private static final String LOCK_IF_NOT_DELETED =
      """
      select id from template
      where account_id = :account and id = :id and deleted_at is null for no key update
      """;

  private static final String FIND_IF_NOT_DELETED =
      """
      select t.id, t.uid, t.name, t.type, t.category, t.tags, t.version, t.created_at, t.updated_at,
        v.engine, v.output_format, v.width, v.height, v.html, v.layouts, v.variables,
        v.created_at as version_at
      from template t join template_version v on v.template_id = t.id and v.version = t.version
      where t.account_id = :account and t.deleted_at is null
        and (t.id = cast(:id as uuid) or t.uid = :uid)
      """;

  private static final String UPDATE_LABELS =
      """
      update template set name = :name, type = :type, category = :category, tags = :tags,
        version = :version, updated_at = :at
      where id = :id
      """;

  private static final String DELETE_IF_NOT_DELETED =
      """
      update template set deleted_at = :at
      where account_id = :account and id = :id and deleted_at is null
      """;

  private static final String VERSION_EVEN_IF_DELETED =
      """
      select t.uid, v.template_id, v.version, v.engine, v.output_format, v.width, v.height, v.html,
        v.layouts, v.variables, v.created_at as version_at
      from template t join template_version v on v.template_id = t.id
      where t.account_id = :account and t.id = :id and v.version = :version
      """;

  /** A retry renders the version of the submit, so a version stays as long as its batches. */
  private static final String DELETE_VERSIONS_UNLESS_PINNED =
      """
      with pinned as (
        select distinct cast(b.options as json) #>> '{template,id}' as id,
          cast(b.options as json) #>> '{template,version}' as version
        from batch b
        where b.processor = 'render' and (b.retain_until > :now or b.finished_at is null))
      delete from template_version v using template t
      where t.id = v.template_id
        and (t.deleted_at <= :settled or v.version <= t.version - :kept)
        and not exists (select from template_version next
          where next.template_id = v.template_id and next.version = v.version + 1
            and next.created_at > :settled)
        and not exists (select from pinned p
          where p.id = v.template_id::text and p.version = v.version::text)
      """;

  TemplateStore() {}

  record NewTemplate(UUID id, String uid, UUID account, TemplateLabels labels, Instant at) {}

  static int countLocked(Tx tx, UUID account) {
    tx.query(LOCK_ACCOUNT).bind("account", account).mapTo(UUID.class).one();
    return tx.query(COUNT_IF_NOT_DELETED).bind("account", account).mapTo(Integer.class).one();
  }

  /** False when the short name is in use. */
  static boolean insertIfUidIsFree(Tx tx, NewTemplate row) {
    return tx.update(INSERT_IF_UID_IS_FREE)
            .bind("id", row.id())
            .bind("uid", row.uid())
            .bind("account", row.account())
            .bind("name", row.labels().name())
            .bindByType("type", row.labels().type(), String.class)
            .bindByType("category", row.labels().category(), String.class)
            .bindArray("tags", String.class, row.labels().tags())
            .bind("at", row.at())
            .execute()
        == 1;
  }

  static void insertVersion(Tx tx, TemplateVersion version) {
    tx.update(INSERT_VERSION)
        .bind("template", version.template())
        .bind("version", version.version())
        .bind("engine", version.engine().name().toLowerCase(Locale.ROOT))
        .bind("format", version.outputFormat().wireName())
        .bind("width", version.width())
        .bind("height", version.height())
        .bind("html", version.html())
        .bind("layouts", StoredJson.write(version.layouts()))
        .bind("variables", StoredJson.write(version.variables()))
        .bind("at", version.createdAt())
        .execute();
  }

  static boolean lockIfNotDeleted(Tx tx, UUID account, UUID id) {
    return tx.query(LOCK_IF_NOT_DELETED)
        .bind("account", account)
        .bind("id", id)
        .mapTo(UUID.class)
        .findOne()
        .isPresent();
  }

  /** Finds a template by its id or its short name. */
  static Optional<Template> findIfNotDeleted(
      Snapshot tx, UUID account, @Nullable UUID id, @Nullable String uid) {
    return tx.query(FIND_IF_NOT_DELETED)
        .bind("account", account)
        .bindByType("id", id, UUID.class)
        .bindByType("uid", uid, String.class)
        .map((row, context) -> template(row))
        .findOne();
  }

  static void updateLabels(Tx tx, UUID id, TemplateLabels labels, int version, Instant at) {
    tx.update(UPDATE_LABELS)
        .bind("id", id)
        .bind("name", labels.name())
        .bindByType("type", labels.type(), String.class)
        .bindByType("category", labels.category(), String.class)
        .bindArray("tags", String.class, labels.tags())
        .bind("version", version)
        .bind("at", at)
        .execute();
  }

  static boolean deleteIfNotDeleted(Tx tx, UUID account, UUID id, Instant at) {
    return tx.update(DELETE_IF_NOT_DELETED)
            .bind("account", account)
            .bind("id", id)
            .bind("at", at)
            .execute()
        == 1;
  }

  /**
   * @param kept of each template that is not deleted, the newest
   * @param settled what was replaced or deleted later may be pinned by a submit under way
   */
  static int deleteVersionsUnlessPinned(Tx tx, int kept, Instant settled, Instant now) {
    return tx.update(DELETE_VERSIONS_UNLESS_PINNED)
        .bind("kept", kept)
        .bind("settled", settled)
        .bind("now", now)
        .execute();
  }

  static Optional<TemplateVersion> versionEvenIfDeleted(
      Snapshot tx, UUID account, UUID id, int version) {
    return tx.query(VERSION_EVEN_IF_DELETED)
        .bind("account", account)
        .bind("id", id)
        .bind("version", version)
        .map((row, context) -> version(row, row.getObject("template_id", UUID.class)))
        .findOne();
  }

  private static Template template(ResultSet row) throws SQLException {
    return new Template(TemplateRows.head(row), version(row, row.getObject("id", UUID.class)));
  }

  private static TemplateVersion version(ResultSet row, UUID template) throws SQLException {
    return new TemplateVersion(
        template,
        row.getString("uid"),
        row.getInt("version"),
        TemplateRows.engine(row),
        TemplateRows.format(row),
        row.getInt("width"),
        row.getInt("height"),
        row.getString("html"),
        StoredJson.layouts(Objects.requireNonNull(row.getString("layouts"))),
        StoredJson.variables(Objects.requireNonNull(row.getString("variables"))),
        row.getObject("version_at", OffsetDateTime.class).toInstant());
  }
}
