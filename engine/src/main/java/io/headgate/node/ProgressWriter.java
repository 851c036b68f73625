package io.headgate.node;

import io.headgate.db.ColumnValues;
import io.headgate.db.Database;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** Stores the progress that running items report, so that every node can show it. */
final class ProgressWriter {

  /** The progress of one item. */
  record ProgressEntry(long token, int ordinal, Node.ItemProgress progress) {}

  private static final String WRITE =
      """
      insert into item_progress as p (claim_id, ordinal, ratio, message)
      select * from unnest(:tokens, :ordinals, :ratios::double precision[], :messages)
      on conflict (claim_id, ordinal) do update set ratio = excluded.ratio, message = excluded.message
      """;

  private static final String DELETE_WITHOUT_CLAIM =
      """
      delete from item_progress p where not exists (select from claim c where c.id = p.claim_id)
      """;

  private final Database database;
  private final Slots slots;
  private final Map<RunningAttempt, Node.ItemProgress> written = new HashMap<>();

  ProgressWriter(Database database, Slots slots) {
    this.database = database;
    this.slots = slots;
  }

  /** Writes what changed since the last round, and deletes rows of items that no longer run. */
  void runOnce() {
    Map<RunningAttempt, Node.ItemProgress> now = new HashMap<>();
    List<ProgressEntry> changed = new ArrayList<>();
    for (RunningAttempt attempt : slots.running()) {
      Node.ItemProgress progress = attempt.latestProgress();
      if (progress != null) {
        now.put(attempt, progress);
        if (!progress.equals(written.get(attempt))) {
          changed.add(
              new ProgressEntry(
                  attempt.work.claim().token(), attempt.work.claim().ordinal(), progress));
        }
      }
    }
    write(database, changed);
    written.keySet().retainAll(new HashSet<>(now.keySet()));
    written.putAll(now);
    database.useTransaction(tx -> tx.update(DELETE_WITHOUT_CLAIM).execute());
  }

  static void write(Database database, List<ProgressEntry> notes) {
    if (notes.isEmpty()) {
      return;
    }
    database.useTransaction(tx ->
        tx.update(WRITE)
            .bind(
                "tokens",
                ColumnValues.longs(notes.stream().mapToLong(ProgressEntry::token).toArray()))
            .bind(
                "ordinals",
                ColumnValues.ints(notes.stream().mapToInt(ProgressEntry::ordinal).toArray()))
            .bind(
                "ratios",
                ColumnValues.texts(
                    notes.stream()
                        .map(note -> Double.toString(note.progress().ratio()))
                        .toArray(String[]::new)))
            .bind(
                "messages",
                ColumnValues.texts(
                    notes.stream().map(note -> note.progress().message()).toArray(String[]::new)))
            .execute());
  }
}
