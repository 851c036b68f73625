package io.headgate.dialect;

import io.headgate.batch.Caller;
import io.headgate.batch.Ids;
import io.headgate.http.ProblemException;
import io.headgate.refusal.Refusals;
import io.headgate.view.BatchFilter;
import io.headgate.view.BatchView;
import io.headgate.view.Batches;
import io.headgate.view.ItemFilter;
import io.headgate.view.ItemView;
import io.headgate.view.Items;
import io.headgate.view.ListPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads the batches of one dialect: those that were submitted through it. Batches of other APIs and
 * of other accounts do not exist here.
 */
public final class NativeBatches {

  private static final int ITEMS_PER_READ = 500;

  private final Batches batches;
  private final Items items;
  private final String dialect;

  NativeBatches(Batches batches, Items items, String dialect) {
    this.batches = batches;
    this.items = items;
    this.dialect = dialect;
  }

  /**
   * Returns the batch.
   *
   * @param id empty if the client sent a text that is no id
   * @throws ProblemException {@code not-found}, the same for an empty and for an unknown id
   */
  public BatchView require(Caller caller, Optional<UUID> id) {
    return find(caller, id).orElseThrow(Refusals::notFound);
  }

  /** Returns the batch; empty if there is none. See {@link #require}. */
  public Optional<BatchView> find(Caller caller, Optional<UUID> id) {
    return batches.find(caller.account(), idToQuery(id)).filter(this::isOfDialect);
  }

  /**
   * Returns the batch and all its items, read at one moment. For batches as small as vendors allow.
   *
   * @throws ProblemException as {@link #require}
   */
  public Items.BatchWithItems requireWithItems(Caller caller, Optional<UUID> id) {
    return items
        .findWithItems(batches, caller.account(), idToQuery(id), this::isOfDialect)
        .orElseThrow(Refusals::notFound);
  }

  /** A malformed id is queried too, so that its response takes as long as an unknown id's. */
  private static UUID idToQuery(Optional<UUID> id) {
    return id.orElse(Ids.NIL);
  }

  private boolean isOfDialect(BatchView batch) {
    return batch.order().origin() != null && batch.order().origin().dialect().equals(dialect);
  }

  /**
   * Returns a page of batches, newest first.
   *
   * @param page from 1
   */
  public Batches.BatchPage page(Caller caller, int page, int limit) {
    return page(caller, filter(), page, limit);
  }

  /**
   * Returns a page of the batches that match a filter, newest first.
   *
   * @param filter made from {@link #filter}
   * @param page from 1
   */
  public Batches.BatchPage page(Caller caller, BatchFilter filter, int page, int limit) {
    return batches.page(caller.account(), filter, page, limit);
  }

  /** A filter that matches every batch of this dialect. */
  public BatchFilter filter() {
    return BatchFilter.ofDialect(dialect);
  }

  /** Returns all items of a batch, by ordinal. For batches as small as vendors allow. */
  public List<ItemView> items(Caller caller, UUID batch) {
    List<ItemView> all = new ArrayList<>();
    Optional<ListPage<ItemView>> page;
    do {
      int after = all.isEmpty() ? -1 : all.getLast().ordinal();
      page = items.list(caller.account(), batch, ItemFilter.ALL, after, ITEMS_PER_READ);
      page.ifPresent(read -> all.addAll(read.data()));
    } while (page.isPresent() && page.get().hasMore());
    return all;
  }

  /** Returns one item for a webhook message, which has an account and no caller. */
  public Optional<ItemView> item(UUID account, UUID batch, int ordinal) {
    return items.find(account, batch, ordinal);
  }
}
