package io.headgate.audit;

/** The condition for rows of {@code result} that are the result of their item. */
final class CurrentResults {

  /**
   * True for a row {@code r} of {@code result} that is the current result of its item in batch
   * {@code s}. Only a retry in place leaves older final rows, so other batches skip the subqueries.
   */
  static final String IS_CURRENT =
      """
      r.final and not (s.retried and (
        exists (select 1 from result n
          where n.batch_id = r.batch_id and n.ordinal = r.ordinal and n.attempt > r.attempt)
        or exists (select 1 from deferred d
          where d.batch_id = r.batch_id and d.ordinal = r.ordinal)
        or exists (select 1 from claim c
          where c.batch_id = r.batch_id and r.ordinal = any (c.ordinals))))
      """;

  private CurrentResults() {}
}
