package io.headgate.view;

import io.headgate.db.Database;
import io.headgate.db.Snapshot;
import io.headgate.view.ItemOrdinals.OrdinalRange;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** Reads items of a batch with their attempts. Thread-safe. */
public final class Items {

  /** Maximum bytes of inputs and outputs on one page. A page of one item may exceed it. */
  private static final long PAGE_BYTES = 8L << 20;

  private final Database database;
  private final InstantSource clock;
  private final LiveProgress progress;

  public Items(Database database, InstantSource clock, LiveProgress progress) {
    this.database = database;
    this.clock = clock;
    this.progress = progress;
  }

  /** Returns the item with this ordinal; empty when the account has no such batch or item. */
  public Optional<ItemView> find(UUID account, UUID batchId, int ordinal) {
    return database.inSnapshot(tx ->
        BatchColumns.find(tx, account, batchId, clock.instant())
            .flatMap(batch ->
                ItemReader.read(tx, batch, List.of(ordinal), progress).stream().findFirst()));
  }

  /**
   * Returns a page of the matching items, by ordinal; empty when the account has no such batch. A
   * page of large items has fewer than {@code limit} items.
   *
   * @param after the last ordinal of the previous page; -1 for the first page
   * @throws IllegalArgumentException unless {@code limit} is 1 to {@link ListPage#MAX_LIMIT}
   */
  public Optional<ListPage<ItemView>> list(
      UUID account, UUID batchId, ItemFilter filter, int after, int limit) {
    OrdinalRange range = new OrdinalRange(after, ListPage.checked(limit) + 1);
    return database.inSnapshot(tx ->
        BatchColumns.find(tx, account, batchId, clock.instant())
            .map(batch -> page(tx, batch, filter, range)));
  }

  /** A batch with all its items, read in one snapshot. */
  public record BatchWithItems(BatchView batch, List<ItemView> items) {
    public BatchWithItems {
      items = List.copyOf(items);
    }
  }

  /**
   * Returns a batch with all its items, by ordinal; empty when the account has no such batch or
   * {@code condition} rejects it. All items are held in memory, so use it only for small batches.
   */
  public Optional<BatchWithItems> findWithItems(
      Batches batches, UUID account, UUID batchId, Predicate<BatchView> condition) {
    return database.inSnapshot(tx ->
        batches
            .find(tx, account, batchId)
            .filter(condition)
            .flatMap(batch ->
                BatchColumns.find(tx, account, batchId, clock.instant())
                    .map(columns -> new BatchWithItems(batch, all(tx, columns)))));
  }

  private List<ItemView> all(Snapshot tx, BatchColumns batch) {
    List<ItemView> all = new ArrayList<>();
    ListPage<ItemView> page;
    do {
      int after = all.isEmpty() ? -1 : all.getLast().ordinal();
      page = page(tx, batch, ItemFilter.ALL, new OrdinalRange(after, ListPage.MAX_LIMIT + 1));
      all.addAll(page.data());
    } while (page.hasMore());
    return all;
  }

  private ListPage<ItemView> page(
      Snapshot tx, BatchColumns batch, ItemFilter filter, OrdinalRange range) {
    List<Integer> found = ItemOrdinals.find(tx, batch, filter, range);
    List<Integer> pageOrdinals = found.subList(0, Math.min(found.size(), range.limit() - 1));
    List<Integer> fitting = ItemRowReader.withinBudget(tx, batch, pageOrdinals, PAGE_BYTES);
    List<ItemView> items =
        ItemReader.read(tx, batch, fitting, progress).stream().filter(filter::matches).toList();
    return new ListPage<>(items, found.size() > fitting.size());
  }
}
