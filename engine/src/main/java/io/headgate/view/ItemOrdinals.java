package io.headgate.view;

import io.headgate.batch.ItemState;
import io.headgate.db.Snapshot;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.Query;

/**
 * Finds the next ordinals of a batch that match a filter. Each state is stored differently, so each
 * has its own statement, which follows an index and reads no more than one page.
 */
final class ItemOrdinals {

  /** The ordinals greater than {@code after}, at most {@code limit} of them. */
  record OrdinalRange(int after, int limit) {}

  private static final String ALL =
      """
      select ordinal from item where batch_id = :batch and ordinal > :after
      order by ordinal limit :limit
      """;

  private static final String BY_REF =
      """
      select ordinal from item where batch_id = :batch and ref = :ref and ordinal > :after
      limit :limit
      """;

  private static final String WAITING_PAST_CURSOR =
      """
      select i.ordinal from item i
      where i.batch_id = :batch and i.ordinal >= :cursor and i.ordinal > :after
        and not exists (
          select 1 from ahead a where a.batch_id = :batch and a.ordinal = i.ordinal)
      order by i.ordinal limit :limit
      """;

  private static final String DEFERRED =
      """
      select ordinal from deferred where batch_id = :batch and ordinal > :after
      order by ordinal limit :limit
      """;

  private static final String RUNNING =
      """
      select u.ordinal from claim c cross join unnest(c.ordinals) as u (ordinal)
      where c.batch_id = :batch and u.ordinal > :after
      order by u.ordinal limit :limit
      """;

  private static final String SUCCEEDED =
      "select r.ordinal from result r where r.outcome = 'succeeded' and "
          + ItemConditions.CURRENT
          + " and r.ordinal > :after order by r.ordinal limit :limit";

  private static final String NOT_SUCCEEDED =
      """
      select r.ordinal from result r
      where r.outcome <> 'succeeded' and r.outcome = any (:outcomes)
        and (cast(:error as text) is null or r.error_code = :error) and
      """
          + ItemConditions.CURRENT
          + " and r.ordinal > :after order by r.ordinal limit :limit";

  private static final String STOPPED =
      "select s.ordinal from " + ItemConditions.STOPPED + " as s order by s.ordinal";

  private ItemOrdinals() {}

  static List<Integer> find(
      Snapshot tx, BatchColumns batch, ItemFilter filter, OrdinalRange range) {
    if (filter.ref() != null) {
      return list(bound(tx.query(BY_REF), batch, range).bind("ref", filter.ref()));
    }
    return switch (filter.state()) {
      case null ->
          filter.error() == null
              ? list(bound(tx.query(ALL), batch, range))
              : notSucceeded(tx, batch, filter, range);
      case FAILED, CANCELLED -> notSucceeded(tx, batch, filter, range);
      case PENDING -> filter.error() == null ? pending(tx, batch, range) : List.of();
      case RUNNING ->
          filter.error() == null ? list(bound(tx.query(RUNNING), batch, range)) : List.of();
      case SUCCEEDED ->
          filter.error() == null ? list(settled(tx, SUCCEEDED, batch, range)) : List.of();
    };
  }

  private static List<Integer> pending(Snapshot tx, BatchColumns batch, OrdinalRange range) {
    if (batch.fence() != null) {
      return List.of();
    }
    return merged(
        list(bound(tx.query(DEFERRED), batch, range)),
        list(bound(tx.query(WAITING_PAST_CURSOR), batch, range).bind("cursor", batch.cursor())),
        range);
  }

  private static List<Integer> notSucceeded(
      Snapshot tx, BatchColumns batch, ItemFilter filter, OrdinalRange range) {
    List<String> outcomes =
        Stream.of(ItemState.FAILED, ItemState.CANCELLED)
            .filter(state -> filter.state() == null || filter.state() == state)
            .map(ItemState::text)
            .toList();
    List<Integer> withResult =
        list(
            settled(tx, NOT_SUCCEEDED, batch, range)
                .bindArray("outcomes", String.class, outcomes)
                .bind("error", filter.error()));
    BatchColumns.CancelFence fence = batch.fence();
    if (fence == null || !stoppedMatch(fence, filter)) {
      return withResult;
    }
    Query stopped = settled(tx, STOPPED, batch, range).bind("cursor", fence.cursor());
    return merged(withResult, list(stopped), range);
  }

  private static boolean stoppedMatch(BatchColumns.CancelFence fence, ItemFilter filter) {
    return filter.state() != ItemState.FAILED
        && (filter.error() == null || fence.stopped().code().equals(filter.error()));
  }

  private static List<Integer> merged(List<Integer> a, List<Integer> b, OrdinalRange range) {
    return Stream.concat(a.stream(), b.stream()).sorted().limit(range.limit()).toList();
  }

  private static Query settled(Snapshot tx, String sql, BatchColumns batch, OrdinalRange range) {
    return bound(tx.query(sql), batch, range).bind("retried", batch.retried());
  }

  private static Query bound(Query query, BatchColumns batch, OrdinalRange range) {
    return query
        .bind("batch", batch.id())
        .bind("after", range.after())
        .bind("limit", range.limit());
  }

  private static List<Integer> list(Query query) {
    return query.mapTo(Integer.class).list();
  }
}
