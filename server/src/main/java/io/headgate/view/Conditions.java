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

  /** An {@code item i} of a fenced {@code :batch} that was stopped: no result, not running. */
  static final String STOPPED =
      """
      i.batch_id = :batch
      and not exists (select 1 from result r where r.ordinal = i.ordinal and
      """
          + CURRENT
          + ") and i.ordinal not in "
          + RUNNING;

  private Conditions() {}
}
