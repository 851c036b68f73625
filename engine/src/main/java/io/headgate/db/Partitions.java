package io.headgate.db;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The partitions of {@code item} and {@code result}. Both tables are partitioned by batch id, with
 * the same bounds in time, so that retention drops whole tables instead of deleting rows.
 *
 * <p>Thread-safe, and safe when any number of nodes call it at once.
 */
public final class Partitions {

  public static final Duration DEFAULT_INTERVAL = Duration.ofDays(1);

  /** A partition is dropped only so long after its end: a submit may still be under way. */
  private static final Duration GRACE = Duration.ofDays(1);

  private static final List<String> TABLES = List.of("item", "result");

  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss").withZone(ZoneOffset.UTC);

  private static final String LOCK_CREATION =
      "select pg_advisory_xact_lock(hashtext('headgate partitions'))";

  private static final String TRY_LOCK_REMOVAL =
      "select pg_try_advisory_lock(hashtext('headgate retention'))";

  private static final String UNLOCK_REMOVAL =
      "select pg_advisory_unlock(hashtext('headgate retention'))";

  private static final String BOUNDS =
      """
      select c.relname as name,
        split_part(pg_get_expr(c.relpartbound, c.oid), '''', 2)::uuid as lower,
        split_part(pg_get_expr(c.relpartbound, c.oid), '''', 4)::uuid as upper,
        i.inhdetachpending as leaving
      from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = cast(:table as regclass)
      order by 2
      """;

  private static final String KEPT_IN_RANGE =
      """
      select exists (select from batch where id >= :lower and id < :upper
        and (retain_until > :now or finished_at is null))
      """;

  private static final String DELETE_RELATIONS_IN_RANGE =
      "delete from item_relation where batch_id >= :lower and batch_id < :upper";

  private static final String DELETE_CLAIMLESS_BATCHES_IN_RANGE =
      """
      delete from batch where id >= :lower and id < :upper
        and not exists (select from claim where claim.batch_id = batch.id)
      """;

  private static final String DETACHED =
      """
      select relname from pg_class
      where relnamespace = (select relnamespace from pg_class where oid = 'item'::regclass)
        and relkind = 'r' and not relispartition
        and relname ~ '^(item|result)_[0-9]{8}_[0-9]{6}$'
      """;

  /** An existing partition; {@code detachPending} when a detach of it was interrupted. */
  record PartitionBounds(String name, UUID lower, UUID upper, boolean detachPending) {}

  private final Database database;
  private final Duration interval;

  /** The span whose partitions exist; most submits need no query. */
  private volatile @Nullable PartitionedSpan knownSpan;

  private record PartitionedSpan(Instant from, Instant to) {
    boolean contains(Instant at) {
      return !at.isBefore(from) && at.isBefore(to);
    }
  }

  /**
   * @param interval the time that one partition covers, in whole seconds; existing partitions with
   *     another interval are kept
   */
  public Partitions(Database database, Duration interval) {
    if (interval.toSeconds() < 1 || interval.toNanosPart() != 0) {
      throw new IllegalArgumentException("a partition must cover whole seconds; got " + interval);
    }
    this.database = database;
    this.interval = interval;
  }

  /** Creates the partitions for batches of {@code at} and one interval later, where missing. */
  public void ensure(Instant at) {
    Instant start = floor(at);
    PartitionedSpan span = knownSpan;
    if (span != null && span.contains(at)) {
      return;
    }
    create(start);
    create(start.plus(interval));
    knownSpan = new PartitionedSpan(start, start.plus(interval));
  }

  /** Creates the partitions of this batch, where missing. */
  public void ensure(UUID batchId) {
    ensure(instant(batchId));
  }

  private Instant floor(Instant at) {
    long seconds = interval.toSeconds();
    return Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), seconds) * seconds);
  }

  private void create(Instant start) {
    database.useTransaction(tx -> {
      tx.query(LOCK_CREATION).mapToMap().list();
      for (String table : TABLES) {
        createIfMissing(tx, table, start);
      }
    });
  }

  /** Covers the rest of the span: earlier partitions may have had another interval. */
  private void createIfMissing(Tx tx, String table, Instant start) {
    UUID lower = smallestId(start);
    UUID end = smallestId(start.plus(interval));
    for (PartitionBounds partition : bounds(tx, table)) {
      if (unsigned(partition.upper(), lower) <= 0) {
        continue;
      }
      if (unsigned(lower, partition.lower()) < 0) {
        attach(tx, table, lower, unsigned(partition.lower(), end) < 0 ? partition.lower() : end);
      }
      lower = partition.upper();
      if (unsigned(lower, end) >= 0) {
        return;
      }
    }
    attach(tx, table, lower, end);
  }

  /**
   * Creates the table and then attaches it, which does not block readers or writers of the parent.
   * Names and bounds are made here, so there is nothing to escape.
   */
  private static void attach(Tx tx, String table, UUID lower, UUID upper) {
    String name = table + "_" + NAME.format(instant(lower));
    tx.update("create table %s (like %s including all)".formatted(name, table)).execute();
    tx.update(
            "alter table %s attach partition %s for values from ('%s') to ('%s')"
                .formatted(table, name, lower, upper))
        .execute();
  }

  private static List<PartitionBounds> bounds(Snapshot tx, String table) {
    return tx.query(BOUNDS)
        .bind("table", table)
        .map((row, context) ->
            new PartitionBounds(
                row.getString("name"),
                row.getObject("lower", UUID.class),
                row.getObject("upper", UUID.class),
                row.getBoolean("leaving")))
        .list();
  }

  /**
   * Deletes the batches of those spans of which no batch is retained any more, then drops their
   * partitions. Receipts and journal stay. Readers and writers of other partitions are not blocked.
   * After a crash the next call completes the work. Returns 0 when another node is dropping.
   *
   * @return how many spans were dropped
   */
  public int drop(Instant now) {
    return database.<Integer>withoutTransaction(handle -> {
      if (!handle.createQuery(TRY_LOCK_REMOVAL).mapTo(Boolean.class).one()) {
        return 0;
      }
      try {
        return dropLocked(handle, now);
      } finally {
        handle.createQuery(UNLOCK_REMOVAL).mapTo(Boolean.class).one();
      }
    });
  }

  private static int dropLocked(Handle handle, Instant now) {
    for (String leftover : handle.createQuery(DETACHED).mapTo(String.class).list()) {
      handle.createUpdate("drop table " + leftover).execute();
    }
    UUID youngest = smallestId(now.minus(GRACE));
    int spans = 0;
    // Batches go first: a batch without results would look as if none of its items had run. Items
    // go last: while their partition exists, a later call finds the span again.
    for (PartitionBounds items : bounds(new Snapshot(handle), "item")) {
      if (unsigned(items.upper(), youngest) <= 0 && !isRetained(handle, items, now)) {
        deleteBatches(handle, items);
        matching(handle, items).ifPresent(results -> dropTable(handle, "result", results));
        dropTable(handle, "item", items);
        spans++;
      }
    }
    return spans;
  }

  private static boolean isRetained(Handle handle, PartitionBounds span, Instant now) {
    return handle
        .createQuery(KEPT_IN_RANGE)
        .bind("lower", span.lower())
        .bind("upper", span.upper())
        .bind("now", now)
        .mapTo(Boolean.class)
        .one();
  }

  private static Optional<PartitionBounds> matching(Handle handle, PartitionBounds items) {
    return bounds(new Snapshot(handle), "result").stream()
        .filter(r -> r.lower().equals(items.lower()))
        .findFirst();
  }

  private static void dropTable(Handle handle, String table, PartitionBounds partition) {
    String how = partition.detachPending() ? "finalize" : "concurrently";
    handle
        .createUpdate(
            "alter table %s detach partition %s %s".formatted(table, partition.name(), how))
        .execute();
    handle.createUpdate("drop table " + partition.name()).execute();
  }

  private static void deleteBatches(Handle handle, PartitionBounds span) {
    for (String sql : List.of(DELETE_RELATIONS_IN_RANGE, DELETE_CLAIMLESS_BATCHES_IN_RANGE)) {
      handle.createUpdate(sql).bind("lower", span.lower()).bind("upper", span.upper()).execute();
    }
  }

  /** The smallest UUIDv7 of an instant: its milliseconds, then version and variant, then zeros. */
  public static UUID smallestId(Instant at) {
    return new UUID(at.toEpochMilli() << 16 | 0x7000, 0x8000_0000_0000_0000L);
  }

  static Instant instant(UUID id) {
    return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
  }

  /** Compares as PostgreSQL does; {@link UUID#compareTo} compares the halves as signed. */
  private static int unsigned(UUID a, UUID b) {
    int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
    return high != 0
        ? high
        : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
  }
}
