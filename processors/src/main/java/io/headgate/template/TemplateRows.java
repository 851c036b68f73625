package io.headgate.template;

import io.headgate.db.Snapshot;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Lists of templates and of their versions, without their HTML. */
final class TemplateRows {

  private static final String HEADS =
      """
      select t.id, t.uid, t.name, t.type, t.category, t.tags, t.version, t.created_at, t.updated_at,
        v.engine, v.output_format, v.width, v.height, v.variables
      from template t join template_version v on v.template_id = t.id and v.version = t.version
      where t.account_id = :account and t.deleted_at is null
      """;

  private static final String HEADS_BEFORE =
      HEADS + " and t.id < :before order by t.id desc limit :rows";

  private static final String HEADS_OF_PAGE =
      HEADS
          + """
           and (cast(:format as text) is null or v.output_format = :format)
          order by
            case when :sort = 'name' then lower(t.name) end,
            case when :sort = 'oldest' then t.id end,
            t.id desc
          limit :rows offset :skip
          """;

  private static final String COUNT_OF_FORMAT =
      """
      select count(*)
      from template t join template_version v on v.template_id = t.id and v.version = t.version
      where t.account_id = :account and t.deleted_at is null
        and (cast(:format as text) is null or v.output_format = :format)
      """;

  private static final String VERSIONS_BEFORE =
      """
      select v.version, v.output_format, v.width, v.height, v.created_at
      from template t join template_version v on v.template_id = t.id
      where t.account_id = :account and t.id = :id and t.deleted_at is null and v.version < :before
      order by v.version desc limit :rows
      """;

  private TemplateRows() {}

  static List<TemplateHead> headsBefore(Snapshot tx, UUID account, UUID before, int rows) {
    return tx.query(HEADS_BEFORE)
        .bind("account", account)
        .bind("before", before)
        .bind("rows", rows)
        .map((row, context) -> head(row))
        .list();
  }

  static List<TemplateHead> headsOfPage(
      Snapshot tx, UUID account, Templates.TemplatePageRequest request) {
    return tx.query(HEADS_OF_PAGE)
        .bind("account", account)
        .bindByType("format", word(request.format()), String.class)
        .bind("sort", request.sort().name().toLowerCase(Locale.ROOT))
        .bind("rows", request.limit())
        .bind("skip", request.skip())
        .map((row, context) -> head(row))
        .list();
  }

  static long countOfFormat(Snapshot tx, UUID account, Optional<OutputFormat> format) {
    return tx.query(COUNT_OF_FORMAT)
        .bind("account", account)
        .bindByType("format", word(format), String.class)
        .mapTo(Long.class)
        .one();
  }

  @SuppressWarnings("NullAway") // bindByType takes null for SQL's null
  private static String word(Optional<OutputFormat> format) {
    return format.map(OutputFormat::wireName).orElse(null);
  }

  static List<Templates.VersionHead> versionsBefore(
      Snapshot tx, UUID account, UUID id, int before, int rows) {
    return tx.query(VERSIONS_BEFORE)
        .bind("account", account)
        .bind("id", id)
        .bind("before", before)
        .bind("rows", rows)
        .map((row, context) ->
            new Templates.VersionHead(
                row.getInt("version"),
                format(row),
                row.getInt("width"),
                row.getInt("height"),
                row.getObject("created_at", OffsetDateTime.class).toInstant()))
        .list();
  }

  static TemplateHead head(ResultSet row) throws SQLException {
    return new TemplateHead(
        row.getObject("id", UUID.class),
        row.getString("uid"),
        new TemplateLabels(
            row.getString("name"),
            row.getString("type"),
            row.getString("category"),
            List.of((String[]) row.getArray("tags").getArray())),
        row.getInt("version"),
        engine(row),
        format(row),
        row.getInt("width"),
        row.getInt("height"),
        StoredJson.variables(row.getString("variables")),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("updated_at", OffsetDateTime.class).toInstant());
  }

  static TemplateLanguage engine(ResultSet row) throws SQLException {
    return TemplateLanguage.valueOf(row.getString("engine").toUpperCase(Locale.ROOT));
  }

  static OutputFormat format(ResultSet row) throws SQLException {
    return OutputFormat.of(row.getString("output_format")).orElseThrow();
  }
}
