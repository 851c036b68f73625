package io.headgate.node;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.headgate.db.ColumnValues;
import io.headgate.db.Database;
import io.headgate.db.Snapshot;
import io.headgate.engine.SecretOptions;
import io.headgate.engine.StartedAttempt;
import io.headgate.node.LoadedItem.BatchProperties;
import io.headgate.processor.Input.ChildOutput;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Loads what claimed items need to run. Items never change, so this takes no locks. */
final class LoadedItemStore {

  private static final int CACHED_BATCHES = 1_000;

  private static final String PROPERTIES =
      """
      select id, processor, options, timeout_ms, related
      from batch where id = any(:ids)
      """;

  /**
   * {@code offset 0} keeps the planner from joining the ranges with the whole partition: when a few
   * large batches fill it, every claim would read all of it. Secret options are the only property
   * of a batch that may change, so they are read each time.
   */
  private static final String ITEMS_OF_RANGES =
      """
      select u.n, b.secret_options, i.ordinal, i.ref, i.input
      from unnest(:batch_ids, :first, :last) with ordinality as u (batch_id, first, last, n)
      cross join lateral (select secret_options from batch where batch.id = u.batch_id offset 0) b
      cross join lateral (
        select * from item
        where item.batch_id = u.batch_id and ordinal between u.first and u.last
        offset 0) i
      """;

  private static final String CHILDREN =
      """
      select r.parent, r.ordinal, i.ref, done.output, done.output_compressed, done.output_bytes
      from item_relation r
      join item i on i.batch_id = r.batch_id and i.ordinal = r.ordinal
      join result done on done.batch_id = r.batch_id and done.ordinal = r.ordinal
        and done.outcome = 'succeeded'
      where r.batch_id = :batch and r.parent = any(:parents)
      order by r.parent, r.ordinal
      """;

  private final Database database;
  private final JsonMapper json = JsonMapper.shared();
  private final Cache<UUID, BatchProperties> cache =
      Caffeine.newBuilder().maximumSize(CACHED_BATCHES).build();

  LoadedItemStore(Database database) {
    this.database = database;
  }

  /** The work of these claims, in no particular order. */
  List<LoadedItem> load(List<StartedAttempt> claims) {
    if (claims.isEmpty()) {
      return List.of();
    }
    return database.read(tx -> load(tx, claims));
  }

  private List<LoadedItem> load(Snapshot tx, List<StartedAttempt> claims) {
    Map<UUID, BatchProperties> properties = properties(tx, claims);
    Map<UUID, Map<Integer, StartedAttempt>> byBatch = new LinkedHashMap<>();
    for (StartedAttempt claim : claims) {
      byBatch.computeIfAbsent(claim.batchId(), id -> new HashMap<>()).put(claim.ordinal(), claim);
    }
    Map<UUID, Map<Integer, List<ChildOutput>>> children = children(tx, properties, byBatch);
    Map<UUID, BatchProperties> withSecrets = new HashMap<>();
    List<LoadedItem> work = new ArrayList<>(claims.size());
    List<ClaimedRange> ranges = ClaimedRange.of(claims);
    tx.query(ITEMS_OF_RANGES)
        .bind("batch_ids", ColumnValues.uuids(ranges.stream().map(ClaimedRange::batchId).toList()))
        .bind("first", ColumnValues.ints(ranges.stream().mapToInt(ClaimedRange::first).toArray()))
        .bind("last", ColumnValues.ints(ranges.stream().mapToInt(ClaimedRange::last).toArray()))
        .map((row, context) -> {
          UUID batch = ranges.get(row.getInt("n") - 1).batchId();
          int ordinal = row.getInt("ordinal");
          String encrypted = row.getString("secret_options");
          BatchProperties of =
              withSecrets.computeIfAbsent(
                  batch,
                  id -> withSecrets(tx, Objects.requireNonNull(properties.get(id)), encrypted));
          StartedAttempt claim = Objects.requireNonNull(byBatch.get(batch)).get(ordinal);
          return work.add(
              new LoadedItem(
                  Objects.requireNonNull(claim),
                  of,
                  row.getString("ref"),
                  row.getString("input"),
                  children.getOrDefault(batch, Map.of()).getOrDefault(ordinal, List.of())));
        })
        .list();
    return work;
  }

  private Map<UUID, BatchProperties> properties(Snapshot tx, List<StartedAttempt> claims) {
    Map<UUID, BatchProperties> properties = new HashMap<>();
    Set<UUID> unknown = new LinkedHashSet<>();
    for (StartedAttempt claim : claims) {
      BatchProperties known = cache.getIfPresent(claim.batchId());
      if (known == null) {
        unknown.add(claim.batchId());
      } else {
        properties.put(claim.batchId(), known);
      }
    }
    if (!unknown.isEmpty()) {
      tx.query(PROPERTIES)
          .bind("ids", ColumnValues.uuids(unknown))
          .map((row, context) -> properties(row))
          .forEach(found -> {
            properties.put(found.id(), found);
            cache.put(found.id(), found);
          });
    }
    return properties;
  }

  private BatchProperties properties(ResultSet row) throws SQLException {
    return new BatchProperties(
        row.getObject("id", UUID.class),
        row.getString("processor"),
        json.readTree(row.getString("options")),
        Duration.ofMillis(row.getLong("timeout_ms")),
        row.getBoolean("related"));
  }

  /** Decrypts the secret options for these attempts; they are not cached. */
  private static BatchProperties withSecrets(
      Snapshot tx, BatchProperties properties, @Nullable String encrypted) {
    return encrypted == null
        ? properties
        : properties.withOptions(SecretOptions.of(tx).decryptInto(properties.options(), encrypted));
  }

  private Map<UUID, Map<Integer, List<ChildOutput>>> children(
      Snapshot tx,
      Map<UUID, BatchProperties> properties,
      Map<UUID, Map<Integer, StartedAttempt>> byBatch) {
    Map<UUID, Map<Integer, List<ChildOutput>>> outputs = new HashMap<>();
    for (BatchProperties batch : properties.values()) {
      if (batch.related()) {
        outputs.put(
            batch.id(),
            children(tx, batch.id(), byBatch.getOrDefault(batch.id(), Map.of()).keySet()));
      }
    }
    return outputs;
  }

  private Map<Integer, List<ChildOutput>> children(Snapshot tx, UUID batch, Set<Integer> parents) {
    Map<Integer, List<ChildOutput>> outputs = new HashMap<>();
    tx.query(CHILDREN)
        .bind("batch", batch)
        .bind("parents", ColumnValues.ints(parents.stream().mapToInt(n -> n).toArray()))
        .map((row, context) ->
            outputs
                .computeIfAbsent(row.getInt("parent"), parent -> new ArrayList<>())
                .add(
                    new ChildOutput(
                        row.getInt("ordinal"),
                        row.getString("ref"),
                        json.readTree(
                            Objects.requireNonNull(ColumnValues.longText(row, "output"))))))
        .list();
    return outputs;
  }

  /** Consecutive ordinals of one batch. */
  private record ClaimedRange(UUID batchId, int first, int last) {

    static List<ClaimedRange> of(List<StartedAttempt> claims) {
      List<ClaimedRange> ranges = new ArrayList<>();
      List<StartedAttempt> sorted = new ArrayList<>(claims);
      sorted.sort(
          Comparator.comparing(StartedAttempt::batchId).thenComparingInt(StartedAttempt::ordinal));
      for (StartedAttempt claim : sorted) {
        ClaimedRange last = ranges.isEmpty() ? null : ranges.getLast();
        if (last != null
            && last.batchId().equals(claim.batchId())
            && last.last() + 1 == claim.ordinal()) {
          ranges.set(
              ranges.size() - 1, new ClaimedRange(last.batchId(), last.first(), claim.ordinal()));
        } else {
          ranges.add(new ClaimedRange(claim.batchId(), claim.ordinal(), claim.ordinal()));
        }
      }
      return ranges;
    }
  }
}
