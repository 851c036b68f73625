package io.headgate.engine;

import io.headgate.db.ColumnValues;
import io.headgate.db.Snapshot;
import io.headgate.db.Tx;
import io.headgate.engine.ClaimRow.ClaimedItem;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.ToIntFunction;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Claims. They are read and written only while their batch is locked. */
final class ClaimStore {

  private static final String COLUMNS =
      "select id, batch_id, node_id, epoch, ordinals, attempts, failures, losses, claimed_at from claim ";

  private static final String OF_NODE_BY_TOKEN =
      COLUMNS + "where id = any(:tokens) and node_id = :node";

  private static final String OF_NODE = COLUMNS + "where node_id = :node";

  private static final String OF_BATCH = COLUMNS + "where batch_id = :batch";

  private static final String OF_BATCH_AND_NODE =
      COLUMNS + "where batch_id = :batch and node_id = :node";

  private static final String INSERT_IF_NODE_LIVES =
      """
      insert into claim (batch_id, node_id, epoch, ordinals, attempts, failures, losses, claimed_at)
      select batch_id, :node, epoch, ordinals::int[], attempts::int[], failures::int[], losses::int[], :now
      from unnest(:batch_ids, :epochs, :ordinals, :attempts, :failures, :losses) with ordinality
        as u (batch_id, epoch, ordinals, attempts, failures, losses, n)
      where exists (select from node where id = :node and stopped_at is null)
      order by n
      returning id
      """;

  private static final String DELETE = "delete from claim where id = any(:tokens)";

  private static final String SHRINK =
      """
      update claim c
      set ordinals = u.ordinals::int[], attempts = u.attempts::int[], failures = u.failures::int[],
          losses = u.losses::int[]
      from unnest(:tokens, :ordinals, :attempts, :failures, :losses)
        as u (id, ordinals, attempts, failures, losses)
      where c.id = u.id
      """;

  /** Items to be claimed together. */
  record NewClaim(UUID batchId, long epoch, List<ClaimedItem> items) {}

  private ClaimStore() {}

  static List<ClaimRow> ofNode(Tx tx, long node, Collection<Long> tokens) {
    if (tokens.isEmpty()) {
      return List.of();
    }
    return rows(
        tx.query(OF_NODE_BY_TOKEN)
            .bind(
                "tokens", ColumnValues.longs(tokens.stream().mapToLong(Long::longValue).toArray()))
            .bind("node", node));
  }

  static List<ClaimRow> ofBatch(Tx tx, UUID batch) {
    return rows(tx.query(OF_BATCH).bind("batch", batch));
  }

  static List<ClaimRow> ofBatch(Tx tx, UUID batch, long node) {
    return rows(tx.query(OF_BATCH_AND_NODE).bind("batch", batch).bind("node", node));
  }

  /** Every item of a node, read without a lock. */
  static List<StartedAttempt> ofNodeByItem(Snapshot tx, long node) {
    List<StartedAttempt> held = new ArrayList<>();
    for (ClaimRow claim : rows(tx.query(OF_NODE).bind("node", node))) {
      for (ClaimedItem item : claim.itemList()) {
        held.add(
            new StartedAttempt(
                claim.token, claim.batchId, item.ordinal(), item.attempt(), claim.claimedAt));
      }
    }
    return held;
  }

  private static List<ClaimRow> rows(Query query) {
    return query.map((row, context) -> read(row)).list();
  }

  /**
   * The tokens of the new claims, in their order.
   *
   * @throws NodeStoppedException when the node was declared dead
   */
  static List<Long> insert(Tx tx, long node, List<NewClaim> claims, Instant now) {
    if (claims.isEmpty()) {
      return List.of();
    }
    List<List<ClaimedItem>> tries = claims.stream().map(NewClaim::items).toList();
    List<Long> made =
        tx.query(INSERT_IF_NODE_LIVES)
            .bind("node", node)
            .bind("now", now)
            .bind("batch_ids", ColumnValues.uuids(claims.stream().map(NewClaim::batchId).toList()))
            .bind(
                "epochs", ColumnValues.longs(claims.stream().mapToLong(NewClaim::epoch).toArray()))
            .bind("ordinals", ColumnValues.texts(arrays(tries, ClaimedItem::ordinal, true)))
            .bind("attempts", ColumnValues.texts(arrays(tries, ClaimedItem::attempt, false)))
            .bind("failures", ColumnValues.texts(arrays(tries, ClaimedItem::failures, false)))
            .bind("losses", ColumnValues.texts(arrays(tries, ClaimedItem::losses, false)))
            .mapTo(Long.class)
            .list();
    if (made.size() != claims.size()) {
      throw new NodeStoppedException(node);
    }
    return made;
  }

  /** Writes back the claims from which items were taken; an empty one is deleted. */
  static void write(Tx tx, Collection<ClaimRow> claims) {
    List<ClaimRow> emptied = claims.stream().filter(ClaimRow::empty).toList();
    List<ClaimRow> shrunk = claims.stream().filter(c -> c.changed() && !c.empty()).toList();
    if (!emptied.isEmpty()) {
      expect(emptied, tx.update(DELETE).bind("tokens", tokens(emptied)).execute());
    }
    if (!shrunk.isEmpty()) {
      List<List<ClaimedItem>> tries = shrunk.stream().map(ClaimRow::itemList).toList();
      expect(
          shrunk,
          tx.update(SHRINK)
              .bind("tokens", tokens(shrunk))
              .bind("ordinals", ColumnValues.texts(arrays(tries, ClaimedItem::ordinal, true)))
              .bind("attempts", ColumnValues.texts(arrays(tries, ClaimedItem::attempt, false)))
              .bind("failures", ColumnValues.texts(arrays(tries, ClaimedItem::failures, false)))
              .bind("losses", ColumnValues.texts(arrays(tries, ClaimedItem::losses, false)))
              .execute());
    }
  }

  private static void expect(List<ClaimRow> claims, int written) {
    if (written != claims.size()) {
      throw new IllegalStateException("wrote " + written + " of " + claims.size() + " claims");
    }
  }

  private static Argument tokens(List<ClaimRow> claims) {
    return ColumnValues.longs(claims.stream().mapToLong(c -> c.token).toArray());
  }

  /** Each list as the text of an integer array; null where all are first attempts. */
  private static @Nullable String[] arrays(
      List<List<ClaimedItem>> claims, ToIntFunction<ClaimedItem> value, boolean always) {
    @Nullable String[] arrays = new String[claims.size()];
    for (int i = 0; i < arrays.length; i++) {
      List<ClaimedItem> tries = claims.get(i);
      arrays[i] =
          always || !tries.stream().allMatch(ClaimedItem::isFirst) ? array(tries, value) : null;
    }
    return arrays;
  }

  private static String array(List<ClaimedItem> tries, ToIntFunction<ClaimedItem> value) {
    StringBuilder text = new StringBuilder(tries.size() * 6).append('{');
    for (ClaimedItem item : tries) {
      text.append(text.length() == 1 ? "" : ",").append(value.applyAsInt(item));
    }
    return text.append('}').toString();
  }

  private static ClaimRow read(ResultSet row) throws SQLException {
    ClaimRow claim =
        new ClaimRow(
            row.getLong("id"),
            row.getObject("batch_id", UUID.class),
            row.getLong("node_id"),
            row.getLong("epoch"),
            row.getObject("claimed_at", OffsetDateTime.class).toInstant());
    Integer[] ordinals = ints(row.getArray("ordinals"));
    Integer[] attempts = ints(row.getArray("attempts"));
    Integer[] failures = ints(row.getArray("failures"));
    Integer[] losses = ints(row.getArray("losses"));
    for (int i = 0; i < ordinals.length; i++) {
      claim.add(
          attempts.length == 0
              ? ClaimedItem.first(ordinals[i])
              : new ClaimedItem(ordinals[i], attempts[i], failures[i], losses[i]));
    }
    return claim;
  }

  private static Integer[] ints(@Nullable Array array) throws SQLException {
    return array == null ? new Integer[0] : (Integer[]) array.getArray();
  }

  /** Every item of these claims. */
  static List<ClaimedItem> items(Collection<ClaimRow> claims) {
    List<ClaimedItem> all = new ArrayList<>();
    claims.forEach(claim -> all.addAll(claim.itemList()));
    return all;
  }
}
