package io.headgate.view;

/** Conditions that several readers of item rows share; constants only, never input. */
final class Conditions {

  /** Ordinals of {@code :batch} that are running. */
  static final String RUNNING =
      """
      (select u.ordinal from claim c cross join unnest(c.ordinals) as u (ordinal)
       where c.batch_id = :batch)
      """;

  /**
   * A row of {@code result r} of {@code :batch} that is its item's result. A retry in place leaves
   * old final rows behind; they are void as soon as the item waits, runs or has a newer row. Rows
   * of deferred tell so even after a fence: what waited then was stopped.
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
   * The next stopped ordinals of a fenced {@code :batch}: what was deferred at the fence, whose
   * rows stay for this, and what had not left the cursor, which stood at {@code :cursor}. Nothing
   * before it has to be searched, so the first page costs the same in a batch of any size.
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

  private Conditions() {}
}
