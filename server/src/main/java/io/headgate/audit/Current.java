package io.headgate.audit;

/** Which rows of result count. */
final class Current {

  /**
   * A row of {@code result r} of a batch {@code s} that is its item's result. Only a retry in place
   * leaves older ones behind, so batches without a retry never pay for the question.
   */
  static final String RESULT =
      """
      r.final and not (s.retried and (
        exists (select 1 from result n
          where n.batch_id = r.batch_id and n.ordinal = r.ordinal and n.attempt > r.attempt)
        or exists (select 1 from deferred d
          where d.batch_id = r.batch_id and d.ordinal = r.ordinal)
        or exists (select 1 from claim c
          where c.batch_id = r.batch_id and r.ordinal = any (c.ordinals))))
      """;

  private Current() {}
}
