package io.headgate.view;

/** SQL conditions on item rows that several statements share. They contain no input. */
final class ItemConditions {

  /** Selects the ordinals of {@code :batch} that are running. */
  static final String RUNNING =
      """
      (select u.ordinal from claim c cross join unnest(c.ordinals) as u (ordinal)
       where c.batch_id = :batch)
      """;

  /**
   * Matches rows of {@code result r} of {@code :batch} that are the current result of their item. A
   * retry keeps the final rows of earlier attempts; such a row is superseded when the item is
   * deferred, runs or has a row of a later attempt. Rows of {@code deferred} stay after a fence, so
   * an item that was deferred then counts as stopped.
   */
  static final String CURRENT =
      """
      r.batch_id = :batch and r.final
      and (not :retried or (
        not exists (select 1 from result n
          where n.batch_id = :batch and n.ordinal = r.ordinal and n.attempt > r.attempt)
        and not exists (select 1 from deferred d
          where d.batch_id = :batch and d.ordinal = r.ordinal)
        and r.ordinal not in
      """
          + RUNNING
          + "))\n";

  /**
   * Selects the next stopped ordinals of a fenced {@code :batch}: those that were deferred at the
   * fence, whose rows are kept for this, and those at or past {@code :cursor}, the cursor at the
   * fence. No item before the cursor is searched, so the first page costs the same in a batch of
   * any size.
   */
  static final String STOPPED =
      """
      ((select d.ordinal from deferred d
        where d.batch_id = :batch and d.ordinal < :cursor and d.ordinal > :after
        order by d.ordinal limit :limit)
       union all
       (select i.ordinal from item i
        where i.batch_id = :batch and i.ordinal >= :cursor and i.ordinal > :after
          and not exists (select 1 from result r
            where r.ordinal = i.ordinal and r.ordinal >= :cursor and r.ordinal > :after and
      """
          + CURRENT
          + ") and i.ordinal not in "
          + RUNNING
          + """
            order by i.ordinal limit :limit)
           order by ordinal limit :limit)
          """;

  private ItemConditions() {}
}
